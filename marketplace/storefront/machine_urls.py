"""Addresses for machines that index; they ignore language."""

from django.urls import path

from marketplace.storefront import machines

urlpatterns = [
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("feeds/products.xml", machines.feed, name="product-feed"),
]
