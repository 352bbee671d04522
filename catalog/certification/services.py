"""The certificate register. Certificates are dated rows: a new recognition is a new row, nothing is overwritten."""

from collections.abc import Mapping
from datetime import date, timedelta
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from catalog.certification import domain
from catalog.certification.errors import (
    CertificateCantMove,
    CertificateNotFound,
    CertificateNumberTaken,
    CertificateRefused,
    DocumentRefused,
    ExtensionTooLong,
    ReasonMissing,
)
from catalog.certification.models import Certificate, CertificateDocument, RuleSet
from catalog.certification.policies import can_keep_register
from catalog.certification.signals import certificate_changed
from kernel import clock, pagecache
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require
from kernel.text import nfc

if TYPE_CHECKING:
    from catalog.products.models import Product

COMBO_KIND = "combo"
State = Certificate.State
Level = Certificate.Level
# Numbers, dates and levels are facts of the decisions. The levels of 2019 are general knowledge, not read in the text.
RULE_SETS: tuple[dict[str, Any], ...] = (
    {
        "code": "1048-2019",
        "title": "Quyết định 1048/QĐ-TTg năm 2019 (sửa bởi 781/QĐ-TTg năm 2020)",
        "title_en": "Decision 1048/QĐ-TTg of 2019 (amended by 781/QĐ-TTg of 2020)",
        "valid_from": date(2019, 8, 21),
        "valid_to": date(2023, 2, 23),
        "levels": {"province": [3, 4], "national": [5]},
    },
    {
        "code": "148-2023",
        "title": "Quyết định 148/QĐ-TTg ngày 24/2/2023",
        "title_en": "Decision 148/QĐ-TTg of 24/2/2023",
        "valid_from": date(2023, 2, 24),
        "valid_to": date(2026, 7, 21),
        "levels": {"district": [3], "province": [4], "national": [5]},
    },
    {
        "code": "1489-2025",
        "title": "Quyết định 148/QĐ-TTg năm 2023 theo hai cấp (1489/QĐ-TTg ngày 6/7/2025)",
        "title_en": "Decision 148/QĐ-TTg of 2023 with two levels (1489/QĐ-TTg of 6/7/2025)",
        "valid_from": date(2025, 7, 6),
        "valid_to": date(2026, 7, 21),
        "levels": {"province": [3, 4], "national": [5]},
    },
    {
        "code": "26-2026",
        "title": "Quyết định 26/2026/QĐ-TTg ngày 22/5/2026",
        "title_en": "Decision 26/2026/QĐ-TTg of 22/5/2026",
        "valid_from": date(2026, 5, 22),
        "valid_to": None,
        "levels": {"province": [3, 4], "national": [5]},
    },
)


def rule_sets_load() -> int:
    """Write the decisions that are missing. Returns how many were made."""
    return sum(
        RuleSet.objects.get_or_create(code=rules["code"], defaults=rules)[1]  # the second of the pair: was it made
        for rules in RULE_SETS
    )


@transaction.atomic
def certificate_issue(
    *,
    actor: Actor,
    product: "Product",
    number: str,
    stars: int,
    rule_set: RuleSet,
    issuing_level: str,
    issuing_body: str,
    issued_on: date,
    expires_on: date | None = None,
    decision_number: str = "",
    decision_on: date | None = None,
    score: str = "",
    source_url: str = "",
    note: str = "",
) -> Certificate:
    """Enter a certificate that a body has issued; without `expires_on` it runs as long as its decision says.

    A pack takes the certificate of its product. The unique constraint decides who is first with a number.
    Raises NotPermitted, CertificateRefused, CertificateNumberTaken.
    """
    require(can_keep_register(actor))
    number = nfc(number).strip()
    last = expires_on or domain.last_day(issued_on, rule_set.months_valid)
    problem = domain.problem_of_issue(
        stars=stars,
        level=issuing_level,
        issued_on=issued_on,
        rules_from=rule_set.valid_from,
        rules_to=rule_set.valid_to,
        levels=rule_set.levels,
    )
    if product.kind == COMBO_KIND:
        problem = "combo"
    elif not number:
        problem = "number"
    elif issued_on > clock.today():
        problem = "not_yet"
    elif last <= issued_on:
        problem = "dates"
    if problem:
        raise CertificateRefused(problem=problem)
    certificate = Certificate(
        product_id=product.parent_id or product.pk,
        rule_set=rule_set,
        number=number,
        stars=stars,
        score=score,
        issuing_level=issuing_level,
        issuing_body=nfc(issuing_body).strip(),
        issued_on=issued_on,
        expires_on=last,
        decision_number=nfc(decision_number).strip(),
        decision_on=decision_on,
        source_url=source_url,
        note=nfc(note).strip(),
        state=State.VALID,
    )
    try:
        with transaction.atomic():
            certificate.save()
    except IntegrityError:
        raise CertificateNumberTaken(number=number) from None
    audit.record(
        actor,
        "certification.certificate.issued",
        certificate,
        new={"number": number, "stars": stars, "issued_on": str(issued_on), "expires_on": str(last)},
    )
    _announce(certificate)
    return certificate


@transaction.atomic
def certificate_extend(*, actor: Actor, certificate_id: int, until: date, reason: str) -> Certificate:
    """Let a certificate give stars past its date while a new assessment is under way (article 12).

    Raises NotPermitted, CertificateNotFound, ReasonMissing, ExtensionTooLong, CertificateCantMove.
    """
    certificate = _get(actor, certificate_id)
    last = certificate.expires_on
    days = certificate.rule_set.days_extended if certificate.rule_set else 180
    if last is None or not last < until <= last + timedelta(days=days):
        raise ExtensionTooLong(days=days)
    return _move(actor, certificate, State.EXTENDED, reason, "extended", extended_until=until)


def certificate_suspend(*, actor: Actor, certificate_id: int, reason: str) -> Certificate:
    """Take the stars away for a time. Raises NotPermitted, CertificateNotFound, ReasonMissing, CertificateCantMove."""
    return _move(actor, _get(actor, certificate_id), State.SUSPENDED, reason, "suspended")


def certificate_lift(*, actor: Actor, certificate_id: int, reason: str) -> Certificate:
    """End a suspension. Raises NotPermitted, CertificateNotFound, ReasonMissing, CertificateCantMove."""
    certificate = _get(actor, certificate_id)
    if certificate.state != State.SUSPENDED:
        raise CertificateCantMove(old=certificate.get_state_display(), new=State.VALID.label)
    back_to = State.EXTENDED if certificate.extended_until else State.VALID
    return _move(actor, certificate, back_to, reason, "lifted")


def certificate_revoke(*, actor: Actor, certificate_id: int, reason: str) -> Certificate:
    """End a certificate for good (article 8).

    Raises NotPermitted, CertificateNotFound, ReasonMissing, CertificateCantMove.
    """
    return _move(actor, _get(actor, certificate_id), State.REVOKED, reason, "revoked")


def document_add(
    *, actor: Actor, certificate_id: int, title: str, content: bytes, is_public: bool = False
) -> CertificateDocument:
    """Keep a scan of a certificate in the private storage, under a name of our own.

    Raises NotPermitted, CertificateNotFound, DocumentRefused (larger than 10 MB, or neither PDF, JPEG nor PNG).
    """
    certificate = _get(actor, certificate_id)
    kind = domain.kind_of_scan(content)
    if problem := "size" if len(content) > domain.MAX_SCAN_BYTES else "" if kind else "kind":
        raise DocumentRefused(problem=problem)
    name = storages["private"].save(f"certificates/{certificate.pk}/{token_hex(16)}.{kind}", ContentFile(content))
    with transaction.atomic():
        document = CertificateDocument.objects.create(
            certificate=certificate, title=nfc(title).strip()[:160], file=name, is_public=is_public
        )
        audit.record(
            actor, "certification.document.added", certificate, new={"title": document.title, "public": is_public}
        )
        if is_public:
            pagecache.bump()
    return document


def document_read(*, actor: Actor, document_id: int) -> tuple[bytes, str]:
    """The bytes of a scan and their media type; a scan that is not public is for the office.

    Raises CertificateNotFound, also for a scan that this actor may not see.
    """
    document = CertificateDocument.objects.filter(pk=document_id).first()
    if document is None or not (document.is_public or can_keep_register(actor)):
        raise CertificateNotFound
    with storages["private"].open(document.file) as scan:
        return scan.read(), domain.MEDIA_TYPES[document.file.rpartition(".")[2]]


@transaction.atomic
def certificates_report(*, actor: Actor, reports: Mapping[int, Mapping[str, Any] | None]) -> int:
    """Keep what a source says about products (by id) as history, never as current stars; None takes it back.

    Returns how many rows were written or taken back. Raises NotPermitted.
    """
    require(can_keep_register(actor))
    there = {c.product_id: c for c in Certificate.objects.filter(product_id__in=reports, state=State.REPORTED)}
    fresh, touched = [], 0
    for product_id, report in reports.items():
        old = there.get(product_id)
        if report is None:
            touched += _take_back(actor, old)
        elif old is None:
            fresh.append(Certificate(product_id=product_id, state=State.REPORTED, **report))
        else:
            touched += _report_change(actor, old, report)
    Certificate.objects.bulk_create(fresh, batch_size=500)
    if fresh or touched:
        pagecache.bump()
        for product_id in reports:
            _announce(Certificate(product_id=product_id))
    return len(fresh) + touched


def _take_back(actor: Actor, old: Certificate | None) -> int:
    if old is None:
        return 0
    audit.record(actor, "certification.report.taken_back", old, old={"stars": old.stars})
    old.delete()
    return 1


def _report_change(actor: Actor, old: Certificate, report: Mapping[str, Any]) -> int:
    before = {name: getattr(old, name) for name, value in report.items() if getattr(old, name) != value}
    if not before:
        return 0
    for name in before:
        setattr(old, name, report[name])
    old.save(update_fields=list(before))
    audit.record(actor, "certification.report.changed", old, old=before, new={name: report[name] for name in before})
    return 1


def _get(actor: Actor, certificate_id: int) -> Certificate:
    require(can_keep_register(actor))
    found = Certificate.objects.select_related("rule_set").filter(pk=certificate_id).first()
    if found is None:
        raise CertificateNotFound
    return found


@transaction.atomic
def _move(
    actor: Actor, certificate: Certificate, new: "Certificate.State", reason: str, verb: str, **columns: Any
) -> Certificate:
    """One guarded update: whoever moved the certificate first wins, the other one is told."""
    reason = nfc(reason).strip()[:300]
    if not reason:
        raise ReasonMissing
    old = certificate.state
    still = Certificate.objects.filter(pk=certificate.pk, state=old)
    if not domain.can_move(old, new) or not still.update(state=new, state_reason=reason, **columns):
        raise CertificateCantMove(old=certificate.get_state_display(), new=State(new).label)
    audit.record(
        actor,
        f"certification.certificate.{verb}",
        certificate,
        old={"state": old},
        new={"state": str(new), "reason": reason, **{name: str(value) for name, value in columns.items()}},
    )
    certificate.refresh_from_db()
    _announce(certificate)
    return certificate


def _announce(certificate: Certificate) -> None:
    pagecache.bump()
    product_id, certificate_id = certificate.product_id, certificate.pk
    transaction.on_commit(
        lambda: certificate_changed.send_robust(
            sender=Certificate, product_id=product_id, certificate_id=certificate_id
        )
    )
