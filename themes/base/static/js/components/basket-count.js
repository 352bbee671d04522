// <basket-count>: pages are the same for everyone, so the number comes from a cookie the basket sets.
class BasketCount extends HTMLElement {
  connectedCallback() {
    this.show();
    addEventListener("basket-changed", () => this.show());
    addEventListener("pageshow", () => this.show());
  }

  show() {
    const count = Number(document.cookie.match(/(?:^|; )basket_count=(\d+)/)?.[1] ?? 0);
    this.querySelector(".header__count").textContent = count > 99 ? "99+" : count;
    this.querySelector("[data-unit]").textContent = ` ${count === 1 ? this.dataset.one : this.dataset.many}`;
    this.hidden = count === 0;
  }
}
customElements.define("basket-count", BasketCount);
