"""What python ldap3 sees of the lab server. Ends with status 0 and "all agreed", or at the first difference.

Arguments: the port of the demo organization, the port of a directory of 250 mailboxes, the names that bind the account
and its admin view, the password.
"""

import sys

import ldap3
from ldap3.core.exceptions import LDAPException

DEMO, BIG = int(sys.argv[1]), int(sys.argv[2])
ACCOUNT, ADMIN, PASSWORD = sys.argv[3:6]


def connect(port, user=None, password=None, strategy=ldap3.SYNC, get_info=ldap3.NONE):
    server = ldap3.Server("127.0.0.1", port=port, get_info=get_info, connect_timeout=10)
    return ldap3.Connection(
        server, user, password, client_strategy=strategy, receive_timeout=20, check_names=False, return_empty_attributes=False
    )


def same(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: {found!r} instead of {expected!r}")


# Views
for user, password, entries in [(None, None, 28), (ACCOUNT, PASSWORD, 95), (ADMIN, PASSWORD, 99)]:
    connection = connect(DEMO, user, password)
    same(f"bind as {user}", connection.bind(), True)
    connection.search("", "(objectClass=*)", ldap3.SUBTREE, attributes=["*"])
    same(f"entries for {user}", len(connection.entries), entries)
    connection.unbind()
wrong = connect(DEMO, ACCOUNT, "wrong")
same("wrong password", (wrong.bind(), wrong.result["result"]), (False, 49))
wrong.unbind()

# The root entry, read by the module itself
root = connect(DEMO, get_info=ldap3.DSA)
root.bind()
same("naming contexts", root.server.info.naming_contexts[:2], ["o=Example", "ou=LYON,o=Example"])
same("versions", root.server.info.supported_ldap_versions, ["2", "3"])
root.unbind()

# Names that are not ASCII, a name with a comma, a hostile display name, operational attributes
admin = connect(DEMO, ADMIN, PASSWORD)
admin.bind()
admin.search("o=Example", "(uid=kberg)", attributes=["cn", "rdn", "textEncodedORAddress"])
entry = admin.response[0]
same("name with a comma", entry["dn"], "cn=Berg\\, Kari,cn=Recipients,ou=OSLO,o=Example")
same("hostile display name", entry["raw_attributes"]["cn"], [b"Berg, Kari \x1b]0;not a window title\x07"])
same("no X.400 address", "textEncodedORAddress" in entry["raw_attributes"], False)
admin.search("o=Example", "(cn=日本支社)", attributes=["cn"])
same("Japanese name", [e["dn"] for e in admin.response], ["cn=jbureau,cn=Recipients,ou=KYOTO,o=Example"])
admin.search("o=Example", "(rdn=müller, jürgen)", attributes=["1.1"])
same("name with umlauts", [e["dn"] for e in admin.response], ["cn=Müller\\, Jürgen,cn=Recipients,ou=LYON,o=Example"])
admin.search("o=Example", "(Is-Deleted=TRUE)", attributes=["*"])
same("operational unless named", "Is-Deleted" in admin.response[0]["raw_attributes"], False)
admin.search("o=Example", "(Is-Deleted=TRUE)", attributes=["IS-DELETED"])
same("operational when named", admin.response[0]["raw_attributes"]["Is-Deleted"], [b"TRUE"])
admin.search("o=Example", "(objectClass=Mail-Gateway)", attributes=["*"], types_only=True)
same("gateways", len(admin.response), 7)
same("types", all("Computer-Name" in e["raw_attributes"] for e in admin.response), True)
same("types only", any(v for e in admin.response for v in e["raw_attributes"].values()), False)
admin.search("o=Example", "(cn:caseExactMatch:=Postmaster)", attributes=["cn"])
same("extensible match", admin.response, [])

# Refusals
sort = ("1.2.840.113556.1.4.473", True, bytes.fromhex("300630040402636e"))
admin.search("o=Example", "(objectClass=*)", ldap3.BASE, controls=[sort])
same("critical sort control", admin.result["result"], 12)
admin.modify("o=Example", {"o": [(ldap3.MODIFY_REPLACE, ["Other"])]})
same("modify", admin.result["result"], 53)
admin.add("cn=x,o=Example", "Container")
same("add", admin.result["result"], 53)
admin.delete("o=Example")
same("delete", admin.result["result"], 53)
admin.modify_dn("o=Example", "o=Other")
same("rename", admin.result["result"], 53)
admin.extended("1.3.6.1.4.1.4203.1.11.3")
same("extended", admin.result["result"], 2)
admin.search("cn=nobody,cn=Recipients,ou=LYON,o=Example", "(objectClass=*)", ldap3.BASE)
same("not there", (admin.result["result"], admin.result["dn"]), (32, "cn=Recipients,ou=LYON,o=Example"))
admin.unbind()

# Pages
big = connect(BIG)
big.bind()
pages = big.extend.standard.paged_search("o=Big", "(uid=*)", attributes=["uid"], paged_size=99, generator=True)
same("paged", len({e["dn"] for e in pages}), 250)
big.search("o=Big", "(uid=*)", attributes=["1.1"], paged_size=50, paged_criticality=True)
cookie = big.result["controls"]["1.2.840.113556.1.4.319"]["value"]["cookie"]
same("a cookie", (len(big.response), len(cookie) > 0), (50, True))
other = connect(BIG)
other.bind()
other.search("o=Big", "(uid=*)", attributes=["1.1"], paged_size=50, paged_cookie=cookie)
same("cookie of another connection", other.result["result"], 53)
other.search("o=Big", "(uid=*)", attributes=["1.1"], size_limit=4)
same("size limit", (other.result["result"], len(other.response)), (4, 4))
other.unbind()
big.search("o=Big", "(uid=r1*)", attributes=["1.1"], paged_size=50, paged_cookie=cookie)
same("cookie of another search", big.result["result"], 53)
big.search("o=Big", "(uid=*)", attributes=["1.1"], paged_size=1000)
same("page above the limit", (big.result["result"], len(big.response)), (4, 100))
big.unbind()

# Abandon has no answer, and the connection goes on
pending = connect(DEMO, strategy=ldap3.ASYNC)
pending.bind()
message = pending.search("o=Example", "(cn=*)", attributes=["cn"])
pending.abandon(message)
message = pending.search("o=Example", "(uid=hsato)", attributes=["cn"])
try:
    found, _ = pending.get_response(message, timeout=20)
except LDAPException as error:
    sys.exit(f"after abandon: {error}")
same("after abandon", len(found), 1)
pending.unbind()

print("all agreed")
