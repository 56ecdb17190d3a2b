#!/usr/bin/env python3
"""Organizations for the tests of the HTML report, as LDIF on standard output.

    html_data.py sites N      N sites around four hubs, made from the healthy demo; some of them broken, a few only named
    html_data.py crowd N      one site with N mailboxes, each without an X.400 address
    html_data.py hostile      names and values that would do something if they were not text
"""
import base64
import os
import re
import sys

HEALTHY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../src/lab/demo/healthy.ldif")
CITIES = (
    "LONDON CHICAGO SINGAPORE FRANKFURT PARIS LYON MADRID LISBON PORTO MILAN ROME NAPLES VIENNA GRAZ ZURICH GENEVA BERLIN HAMBURG MUNICH "
    "COLOGNE DRESDEN PRAGUE BRNO WARSAW KRAKOW OSLO BERGEN STOCKHOLM MALMO HELSINKI TURKU DUBLIN CORK LEEDS GLASGOW CARDIFF BOSTON DENVER "
    "HOUSTON SEATTLE KYOTO OSAKA SEOUL TAIPEI MANILA SYDNEY PERTH DELHI"
).split()
HUBS = 4


def records(text):
    """The records of LDIF: a name, and pairs of attribute and bytes."""
    for block in re.split(r"\n\s*\n", text):
        pairs = []
        for line in block.replace("\n ", "").splitlines():
            if not line or line.startswith(("#", "version:")):
                continue
            name, value = line.split(":", 1)
            decoded = base64.b64decode(value[1:]) if value.startswith(":") else value.strip().encode()
            pairs.append((name, decoded))
        if pairs:
            yield pairs


def put(pairs):
    for name, value in pairs:
        plain = value and all(32 <= byte < 127 for byte in value) and value[:1] not in (b" ", b":", b"<") and not value.endswith(b" ")
        print(f"{name}: {value.decode()}" if plain else f"{name}:: {base64.b64encode(value).decode()}")
    print()


def renamed(pairs, names):
    for old, new in names:
        pairs = [(name, value.replace(old.encode(), new.encode())) for name, value in pairs]
    return pairs


def of(pairs, name):
    return next((value for own, value in pairs if own == name), b"")


def parts():
    """The organization, the site SOUTH without what joins it, and the two connectors that do."""
    every = list(records(open(HEALTHY, encoding="utf-8").read()))
    of_site = [pairs for pairs in every if of(pairs, "dn").endswith(b"ou=SOUTH,o=Healthy")]
    joins = [pairs for pairs in of_site if b"NORTH" in of(pairs, "dn")]
    return every[0], [pairs for pairs in of_site if pairs not in joins], joins


def to_site(name):
    return [("SOUTH", name), ("south", name.lower())]


def sites(count):
    organization, site, joins = parts()
    put(organization)
    names = [city if turn < len(CITIES) else f"{city}{turn // len(CITIES)}" for turn, city in
             ((turn, CITIES[turn % len(CITIES)]) for turn in range(count))]
    unseen = set(names[-3:]) if count > 8 else set()
    hubs = names[: min(HUBS, count)]
    for place, name in enumerate(names):
        if name in unseen:
            continue
        for pairs in site:
            dn = of(pairs, "dn")
            if place % 7 == 3 and dn.startswith(b"cn=Postmaster,"):
                pairs = [pair for pair in pairs if pair[0] not in ("textEncodedORAddress", "otherMailbox")]
            if place % 6 == 4 and dn.startswith(b"cn=Everyone,"):
                pairs = [pair for pair in pairs if pair[0] != "owner"] + [("owner", b"cn=Nobody,cn=Recipients,ou=SOUTH,o=Healthy")]
            if place % 6 == 5:
                pairs = [(name, value.replace(b"2653.23: Service Pack 4", b"2650.24: Service Pack 3")) for name, value in pairs]
            if place % 5 != 1 or b"Internet Mail Connector" not in dn:
                put(renamed(pairs, to_site(name)))
            if b"cn=SOUTH1,cn=Servers" in dn and b"LDAP" not in dn:
                for other in range(2, 2 + place % 4):
                    put(renamed(pairs, [("SOUTH1", f"SOUTH{other}"), ("south1", f"south{other}")] + to_site(name)))
        others = [hub for hub in hubs if hub != name] if place < HUBS else [hubs[place % len(hubs)]]
        for other in others:
            # a hub has a connector back to each of its sites
            for own, far in [(name, other)] + ([(other, name)] if place >= HUBS else []):
                for pairs in joins:
                    wrong = place % 11 == 6 and own == name
                    put(renamed(pairs, to_site(own) + [("c=GB", "c=PT"), ("NORTH1", "GONE9" if wrong else f"{far}1"), ("NORTH", far)]))
    for name in unseen:
        put(renamed(joins[1], to_site(hubs[0]) + [("NORTH", name)]))


def crowd(count):
    organization, site, _ = parts()
    put(organization)
    for pairs in site:
        put(pairs)
    anna = next(pairs for pairs in site if of(pairs, "dn").startswith(b"cn=Anna,"))
    keep = [pair for pair in anna if pair[0] not in ("textEncodedORAddress", "otherMailbox", "Alt-Recipient")]
    for number in range(count):
        put(renamed(keep, [("Anna", f"Anna {number}"), ("anna", f"anna-{number}")]))


NASTY = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</style><script>x</script>", "&lt;b&gt; &amp; ]]> -->",
    "A\u202eB\u2066C\u200f", "\u001b[31mred", "javascript:alert(1)", "' onmouseover='x", "\u4f1a\u8b70\u5ba4 \u05d0\u05d1\u05d2", "</title></svg>", "W" * 300,
]


def hostile():
    organization, site, joins = parts()
    put(organization)
    escaped = lambda text: "".join("\\" + c if c in ",+\"\\<>;=#" else f"\\{ord(c):02X}" if ord(c) < 32 else c for c in text).strip()
    for place, nasty in enumerate(NASTY):
        for pairs in site + joins:
            new = []
            for name, value in pairs:
                text = value.decode("latin-1") if b"\0" in value else value.decode()
                if re.match(r"(dn|.*-Server|Home-.*|Remote-Site|member|owner|Alt-Recipient|Auth-Orig|DL-.*)$", name):
                    text = text.replace("SOUTH", escaped(nasty)).replace("Bruno", escaped(nasty))
                elif b"\0" not in value:
                    text = text.replace("SOUTH", nasty).replace("south", nasty).replace("Bruno", nasty)
                new.append((name, text.encode("latin-1" if b"\0" in value else "utf-8")))
            if place % 2 and of(pairs, "dn").startswith((b"cn=Postmaster,", b"cn=Bruno,")):
                new = [pair for pair in new if pair[0] not in ("textEncodedORAddress", "otherMailbox")]
            if of(pairs, "objectClass") in (b"Mail-Gateway", b"X400-Link"):
                new.append(("Routing-List", f"{nasty[:8].replace(':', '')}:{nasty};;1".encode()))
            put(new)


if __name__ == "__main__":
    what = sys.argv[1:]
    if what[:1] == ["sites"]:
        sites(int(what[1]))
    elif what[:1] == ["crowd"]:
        crowd(int(what[1]))
    elif what == ["hostile"]:
        hostile()
    else:
        sys.exit(__doc__)
