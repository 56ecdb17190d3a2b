"""Writes the export of an organization of 200,000 recipients as LDIF to standard output: about 110 MB, in the order and with
the attributes that a server shows. Takes another number of recipients. The same number gives the same bytes.

Of each hundred recipients one (n % 100 == 50) has no X.400 address. Of each thousand: one shares its SMTP address with the
one before it, one its alias, one has a manager who is not there, one an alternate recipient who is not there, one a home
server that is not there, and ten are hidden. One in twenty is a custom recipient, one in a hundred a distribution list.
"""

import sys

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
SITES = ["North", "South", "East", "West", "Centre"]
SERVERS = 4  # a site
DEPARTMENTS = ["Accounting", "Sales", "Engineering", "Human Resources", "Operations", "Research"]
GIVEN = ["Ana", "Bela", "Chidi", "Dagny", "Emil", "Farah", "Goran", "Hanna", "Ines", "Jonas", "Kari", "Luis"]
SURNAMES = ["Almeida", "Berg", "Castro", "Dubois", "Eriksen", "Fischer", "Garcia", "Hansen", "Ivanov", "Jensen", "Keller"]

out = sys.stdout.buffer


def record(dn, *attributes):
    lines = [f"dn: {dn}"]
    lines += [f"{name}: {value}" for name, value in attributes if value is not None]
    out.write(("\n".join(lines) + "\n\n").encode())


def site_of(n):
    return SITES[min(n * len(SITES) // COUNT, len(SITES) - 1)]


def dn_of(n):
    return f"cn=user{n:06},cn=Recipients,ou={site_of(n)},o=Org"


record("o=Org", ("objectClass", "organization"), ("o", "Org"))
for site in SITES:
    top = f"ou={site},o=Org"
    record(top, ("objectClass", "organizationalUnit"), ("ou", site), ("rdn", site))
    for rdn in ["Recipients", "Configuration"]:
        record(f"cn={rdn},{top}", ("objectClass", "Container"), ("rdn", rdn), ("cn", rdn))
    for rdn in ["Connections", "Servers"]:
        dn = f"cn={rdn},cn=Configuration,{top}"
        record(dn, ("objectClass", "Container"), ("rdn", rdn), ("cn", rdn))
    for number in range(1, SERVERS + 1):
        server = f"{site.upper()}{number}"
        record(
            f"cn={server},cn=Servers,cn=Configuration,{top}",
            ("objectClass", "Computer"), ("rdn", server), ("cn", server),
            ("serialNumber", "Version 5.5 (Build 2653.23: Service Pack 4)"),
        )  # fmt: skip
        for rdn, name in [("Microsoft Private MDB", "MHS-Message-Store"), ("Microsoft MTA", "MTA")]:
            dn = f"cn={rdn},cn={server},cn=Servers,cn=Configuration,{top}"
            record(dn, ("objectClass", name), ("rdn", rdn), ("cn", rdn))
    rdn = f"Internet Mail Connector ({site.upper()}1)"
    administrator = f"/o=Org/ou={site}/cn=Recipients/cn=user{SITES.index(site) * COUNT // len(SITES):06}"
    record(
        f"cn={rdn},cn=Connections,cn=Configuration,{top}",
        ("objectClass", "Mail-Gateway"), ("rdn", rdn), ("cn", rdn),
        ("Computer-Name", f"{site.upper()}1"), ("Extension-Name", "SMTP"), ("Routing-List", "SMTP:*"),
        ("Extension-Data", f"admin={administrator}"),
    )  # fmt: skip

for n in range(COUNT):
    site, user = site_of(n), f"user{n:06}"
    server = f"{site.upper()}{n % SERVERS + 1}" if n % 1000 != 777 else "GONE"
    servers = f"cn=Servers,cn=Configuration,ou={site},o=Org"
    given, surname = GIVEN[n % len(GIVEN)], SURNAMES[n // len(GIVEN) % len(SURNAMES)]
    alias = f"user{n - 1:06}" if n % 1000 == 333 else user
    same = n - 1 if n % 1000 == 444 else n
    smtp = f"{GIVEN[same % len(GIVEN)]}.{SURNAMES[same // len(GIVEN) % len(SURNAMES)]}.{same}@example.com".lower()
    # unlike any other: the initials count those who have the same names
    x400 = f"c=US;a= ;p=Org;o={site};s={surname};g={given};i={n // 132};" if n % 100 != 50 else None
    common = [
        ("textEncodedORAddress", x400),
        ("mail", smtp), ("rfc822Mailbox", smtp), ("otherMailbox", f"MS$ORG/{site.upper()}/{user.upper()}"),
        ("otherMailbox", f"smtp${user}@example.com"),
        ("Hide-From-Address-Book", "TRUE" if n % 100 == 7 else None),
    ]  # fmt: skip
    if n % 100 == 99:
        members = [("member", dn_of((n + k * 37) % COUNT)) for k in range(1, 9)]
        members += [("member", dn_of(COUNT + n))] if n % 2000 == 999 else []
        record(dn_of(n), ("objectClass", "groupOfNames"), ("rdn", user), ("cn", f"List {n}"), ("uid", alias), *common, *members)
    elif n % 20 == 3:
        target = f"SMTP:{user}@elsewhere.example.net"
        classes = [("objectClass", "person"), ("objectClass", "Remote-Address")]
        record(dn_of(n), *classes, ("rdn", user), ("cn", f"{given} {surname}"), ("uid", alias), *common, ("Target-Address", target))
    else:
        manager = {0: dn_of(n - n % 50), 555: dn_of(COUNT + n)}.get(n % 1000 if n % 1000 == 555 else n % 5)
        alternate = {0: dn_of(n // 2), 200: dn_of(COUNT + n)}.get(n % 1000)
        details = [("telephoneNumber", f"+1 555 {n:07}"), ("department", DEPARTMENTS[n % 6]), ("title", "Clerk"), ("company", "Org")]
        record(
            dn_of(n),
            ("objectClass", "person"), ("objectClass", "organizationalPerson"),
            ("rdn", user), ("cn", f"{given} {surname}"), ("uid", alias), *common, ("givenName", given), ("sn", surname),
            *(details if n % 3 == 0 else []),
            ("Home-MDB", f"cn=Microsoft Private MDB,cn={server},{servers}"),
            ("Home-MTA", f"cn=Microsoft MTA,cn={server},{servers}"), ("manager", manager), ("Alt-Recipient", alternate),
        )  # fmt: skip
