"""What the shop's pages show, gathered in as few questions as there are sources: products, stock rows, pictures,
certificates, lots. Cards are made here for every page that shows goods.
"""

from marketplace.storefront.selectors.combo import ComboPage, ComboPart, combo_page
from marketplace.storefront.selectors.goods import (
    Goods,
    Pack,
    Text,
    address,
    card_of,
    cards,
    certificate_url,
    exact_stock,
    former_target,
    front_pack,
    goods_by_pack,
    goods_of,
    maker_of,
    pack_from,
    producer_url,
    product_url,
    stock_words,
    unit_line,
    words,
)
from marketplace.storefront.selectors.producer import ProducerPage, producer_page
from marketplace.storefront.selectors.product import ProductPage, delivery_to, product_page, provinces

__all__ = [
    "ComboPage",
    "ComboPart",
    "Goods",
    "Pack",
    "ProducerPage",
    "ProductPage",
    "Text",
    "address",
    "card_of",
    "cards",
    "certificate_url",
    "combo_page",
    "delivery_to",
    "exact_stock",
    "former_target",
    "front_pack",
    "goods_by_pack",
    "goods_of",
    "maker_of",
    "pack_from",
    "producer_page",
    "producer_url",
    "product_page",
    "product_url",
    "provinces",
    "stock_words",
    "unit_line",
    "words",
]
