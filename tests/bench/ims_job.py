"""The audit's job as an operator would script it with python ldap3: which services have no administrator mailbox, one that
does not exist, or one without an X.400 address. Takes URI, bind DN and password; prints the counts."""

import re
import sys

from ldap3 import BASE, SUBTREE, Connection, Server

NAME = re.compile(rb"/o=[^/\x00]+/ou=[^/\x00]+(?:/cn=[^/\x00]+)+")

uri, bind, password = sys.argv[1:4]
connection = Connection(Server(uri), bind, password, auto_bind=True)
services = connection.extend.standard.paged_search(
    "o=Org", "(objectClass=Mail-Gateway)", SUBTREE, attributes=["Computer-Name", "Extension-Data", "Routing-List"], paged_size=99
)
counts = {"services": 0, "unset": 0, "gone": 0, "no X.400": 0, "good": 0}
seen = {}
for service in services:
    counts["services"] += 1
    names = [m.group().decode() for value in service["raw_attributes"]["Extension-Data"] for m in NAME.finditer(value)]
    if not names:
        counts["unset"] += 1
        continue
    dn = ",".join(reversed(names[0].strip("/").split("/")))
    if dn not in seen:
        found = connection.search(dn, "(objectClass=*)", BASE, attributes=["textEncodedORAddress", "otherMailbox"])
        seen[dn] = connection.response[0]["attributes"] if found else None
    attributes = seen[dn]
    if attributes is None:
        counts["gone"] += 1
    elif attributes["textEncodedORAddress"] or any(a.lower().startswith("x400$") for a in attributes["otherMailbox"]):
        counts["good"] += 1
    else:
        counts["no X.400"] += 1
connection.unbind()
print(counts)
