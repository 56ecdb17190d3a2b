//! One connection: who is bound, and what each request is answered.

use super::data::Data;
use super::log::Log;
use super::paging::Pages;
use super::search::{Answer, Page, Query, result};
use super::view::{View, account_view};
use super::{PAGED_RESULTS, PASSWORD};
use ldap3_proto::control::LdapControl;
use ldap3_proto::proto::{
    LdapBindCred, LdapBindRequest, LdapBindResponse, LdapExtendedResponse, LdapMsg, LdapOp, LdapResult, LdapResultCode,
    LdapSearchRequest, LdapSearchResultReference,
};
use std::sync::Arc;

/// The state of one connection.
#[derive(Debug)]
pub(super) struct Session {
    data: Arc<Data>,
    view: View,
    pages: Pages,
    /// The version of the last bind that succeeded; none before it.
    version: Option<i64>,
}

impl Session {
    /// A connection nobody has bound on yet: anonymous.
    pub(super) fn new(data: Arc<Data>, number: u64) -> Self {
        Self { data, view: View::Anonymous, pages: Pages::new(number), version: None }
    }

    /// The replies to a request; none ends the connection.
    pub(super) fn reply(&mut self, request: LdapMsg) -> Option<Vec<LdapMsg>> {
        let LdapMsg { msgid, op, ctrl } = request;
        let refused = refused_control(&ctrl);
        let one = |op| Some(vec![LdapMsg { msgid, op, ctrl: Vec::new() }]);
        match op {
            LdapOp::UnbindRequest => {
                self.log().note("unbind");
                None
            }
            LdapOp::AbandonRequest(id) => {
                // Requests are answered one after the other, so there is nothing left to abandon.
                self.log().note(&format!("abandon {id}"));
                Some(Vec::new())
            }
            LdapOp::BindRequest(request) => {
                let res = refused.unwrap_or_else(|| self.bind(request));
                one(LdapOp::BindResponse(LdapBindResponse { res, saslcreds: None }))
            }
            LdapOp::SearchRequest(request) => Some(self.search(msgid, request, ctrl, refused)),
            LdapOp::ModifyRequest(_) => one(LdapOp::ModifyResponse(self.unwilling("modify", refused))),
            LdapOp::AddRequest(_) => one(LdapOp::AddResponse(self.unwilling("add", refused))),
            LdapOp::DelRequest(_) => one(LdapOp::DelResponse(self.unwilling("delete", refused))),
            LdapOp::ModifyDNRequest(_) => one(LdapOp::ModifyDNResponse(self.unwilling("modrdn", refused))),
            LdapOp::CompareRequest(_) => one(LdapOp::CompareResult(self.unwilling("compare", refused))),
            LdapOp::ExtendedRequest(request) => {
                self.log().note(&format!("extended {}", request.name.escape_debug()));
                let res = result(LdapResultCode::ProtocolError, "the lab knows no extended operation");
                one(LdapOp::ExtendedResponse(LdapExtendedResponse { res, name: None, value: None }))
            }
            // A response is nothing a client sends.
            _ => None,
        }
    }

    /// Simple bind. A name or password that is empty makes the client anonymous, and succeeds (reference D4): a client
    /// must refuse to send a name without a password. After a bind that fails nobody is bound (RFC 4511 section 4.2.1).
    fn bind(&mut self, request: LdapBindRequest) -> LdapResult {
        self.log().note(&format!("bind v{} \"{}\"", request.version, request.dn.escape_debug()));
        self.view = View::Anonymous;
        self.version = None;
        let ways = self.data.ways();
        match request.version {
            2 => {}
            3 if !ways.release().is_v2_only() => {}
            _ if ways.release().is_v2_only() => return result(LdapResultCode::ProtocolError, "protocol version 2 only"),
            _ => return result(LdapResultCode::ProtocolError, "protocol versions 2 and 3 only"),
        }
        let LdapBindCred::Simple(password) = request.cred else {
            return result(LdapResultCode::AuthMethodNotSupported, "simple bind only");
        };
        if !request.dn.is_empty() && !password.is_empty() {
            match account_view(&request.dn) {
                // 5.0 shows "a limited subset, primarily recipients" (Q175440); what more an account sees there is unknown,
                // and the lab shows no more.
                Some(_) if password == PASSWORD && ways.release().is_v2_only() => {}
                // The rights of the account could not be read, so it is like any other (Q185475).
                Some(View::Admin) if password == PASSWORD && ways.blind_admin => self.view = View::Authenticated,
                Some(view) if password == PASSWORD => self.view = view,
                _ => return result(LdapResultCode::InvalidCredentials, "wrong name or password"),
            }
        }
        self.version = Some(request.version);
        result(LdapResultCode::Success, "")
    }

    fn search(
        &mut self,
        msgid: i32,
        request: LdapSearchRequest,
        controls: Vec<LdapControl>,
        refused: Option<LdapResult>,
    ) -> Vec<LdapMsg> {
        let is_v2_only = self.data.ways().release().is_v2_only();
        // Version 2 has no controls (RFC 1777); version 3 clients may search before they bind (SDK directry_1tpw), version 2
        // clients must bind first and are told so (RFC 2251 section 4.2.1; what 5.0 says is not documented).
        let refused = match is_v2_only {
            true => self.version.is_none().then(|| result(LdapResultCode::OperationsError, "bind first")),
            false => refused,
        };
        let page = controls.into_iter().find_map(|control| match control {
            LdapControl::SimplePagedResults { size, cookie } if !is_v2_only => Some(Page { size, cookie }),
            _ => None,
        });
        let references = self.version.is_none_or(|version| version > 2);
        let answer = match Query::new(request) {
            Err(result) => {
                self.log().note("search with a malformed base");
                Answer::none(result)
            }
            Ok(query) => {
                self.log().note(&query.summary);
                match refused {
                    Some(result) => Answer::none(result),
                    None => query.answer(&self.data, self.view, page, &mut self.pages, references),
                }
            }
        };
        let entries = answer.entries.into_iter().map(|entry| (LdapOp::SearchResultEntry(entry), Vec::new()));
        let reference = |uri| LdapOp::SearchResultReference(LdapSearchResultReference { uris: vec![uri] });
        let references = answer.references.into_iter().map(|uri| (reference(uri), Vec::new()));
        let done = (LdapOp::SearchResultDone(answer.result), Vec::from_iter(answer.page));
        entries.chain(references).chain([done]).map(|(op, ctrl)| LdapMsg { msgid, op, ctrl }).collect()
    }

    /// The lab's directory cannot be changed. Exchange could, and nobody should (reference D16); its compare is not
    /// documented.
    fn unwilling(&self, operation: &str, refused: Option<LdapResult>) -> LdapResult {
        self.log().note(operation);
        refused.unwrap_or_else(|| result(LdapResultCode::UnwillingToPerform, "the lab answers bind and search only"))
    }

    fn log(&self) -> &Log {
        self.data.log()
    }
}

/// The refusal of a critical control other than paged results (RFC 4511 section 4.1.11). Server-side sort is not
/// implemented by Exchange (SDK directry_0rzo) and is refused always: the decoder does not keep whether it is critical.
fn refused_control(controls: &[LdapControl]) -> Option<LdapResult> {
    let critical = controls.iter().any(|control| match control {
        LdapControl::SimplePagedResults { .. } => false,
        LdapControl::ServerSort { .. } | LdapControl::AdDirsync { .. } => true,
        LdapControl::SyncRequest { criticality, .. }
        | LdapControl::ManageDsaIT { criticality }
        | LdapControl::PasswordPolicyRequest { criticality }
        | LdapControl::SearchOptions { criticality, .. }
        | LdapControl::ShowDeleted { criticality }
        | LdapControl::SdFlags { criticality, .. }
        | LdapControl::ExtendedDn { criticality, .. }
        | LdapControl::Unknown { criticality, .. } => *criticality,
        LdapControl::SyncState { .. } | LdapControl::SyncDone { .. } | LdapControl::ServerSortResult { .. } => false,
    });
    critical.then(|| {
        let message = format!("the only control the lab knows is paged results, {PAGED_RESULTS}");
        result(LdapResultCode::UnavailableCriticalExtension, &message)
    })
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
