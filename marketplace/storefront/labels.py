"""Words for codes that other parts keep: papers, and what a stock word says."""

from django.utils.translation import gettext_lazy as _

from marketplace.storefront.domain import Stock

PAPERS = {
    "dkkd": _("Business registration"),
    "attp": _("Food-safety eligibility certificate"),
    "tu_cong_bo": _("Product self-declaration"),
    "dang_ky_cong_bo": _("Registered product declaration"),
    "cong_bo_san_pham": _("Product or standard declaration"),
    "kiem_nghiem": _("Test report"),
    "kiem_dich_thu_y": _("Veterinary certificate"),
    "gp_san_xuat_ruou": _("Alcohol production licence"),
    "xac_nhan_quang_cao": _("Approval of advertising content"),
    "gmp": _("GMP certificate"),
    "vietgap": _("VietGAP or organic"),
    "ma_vung_trong": _("Planting-area code"),
    "iso_haccp": _("ISO or HACCP"),
    "gi_dak_ha": _("Right to use the Đăk Hà geographical indication"),
    "gi_ngoc_linh": _("Right to use the Ngọc Linh geographical indication"),
    "dk_luu_tru": _("Lodging registration"),
    "pccc": _("Fire-safety paper"),
}
WRAPPINGS = {
    "hop_giay": _("Paper box"),
    "gio_tre": _("Woven bamboo basket"),
    "khan_vai": _("Cloth wrap"),
}
STOCK = {
    Stock.IN: (_("In stock"), "good"),
    Stock.FEW: (_("Only a few left"), "warn"),
    Stock.OUT: (_("Sold out"), "bad"),
}


def paper_label(code: str) -> str:
    """ "attp" -> "Food-safety eligibility certificate"; an unknown code stays itself."""
    return str(PAPERS.get(code, code))
