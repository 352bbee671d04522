"""Administrative units, few enough to load in every test."""

from pathlib import Path

from catalog.places import services as places

OTHER_COMMUNES = {"00004", "16171"}  # Ba Đình in Hà Nội and in Thanh Hoá


def small_units(folder: Path) -> Path:
    """The data files of `catalog.places` in `folder`, without most communes outside the former Kon Tum."""
    kon_tum = {row["new_code"] for row in places._read("successors_kontum.csv")}
    for path in places.DATA.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        if path.name == "units_2025.csv":
            kept = kon_tum | OTHER_COMMUNES
            lines = [line for line in lines if ",commune," not in line or line.split(",")[0] in kept]
        (folder / path.name).write_text("".join(lines), encoding="utf-8")
    return folder
