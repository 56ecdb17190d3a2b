//! A port where nobody listens.

use std::net::{SocketAddr, TcpListener, TcpStream};

/// The near end of a connection: as long as it is held, the system gives its port to no other test's server, and whoever
/// connects to it is refused.
pub(crate) struct Refusing {
    near: TcpStream,
    _far: TcpListener,
}

impl Refusing {
    pub(crate) fn new() -> Self {
        let far = TcpListener::bind("127.0.0.1:0").expect("a port");
        let near = TcpStream::connect(far.local_addr().expect("its address")).expect("a connection");
        Self { near, _far: far }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.near.local_addr().expect("its address")
    }

    pub(crate) fn uri(&self) -> String {
        format!("ldap://{}", self.address())
    }
}
