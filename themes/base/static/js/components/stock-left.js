// <stock-left>: kept pages say "in stock" or "a few left"; the exact number is asked for once the page is open.
class StockLeft extends HTMLElement {
  async connectedCallback() {
    const { product, url, many } = this.dataset;
    try {
      const answer = await fetch(`${url}?sp=${product}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const left = (await answer.json()).left[product];
      if (left > 0 && left < 100) this.querySelector(".tag").textContent = many.replace("{n}", left);
      document.querySelectorAll(`#mua [name="quantity"]`).forEach((field) => { if (left > 0) field.max = Math.min(left, 40); });
    } catch {
      // Offline: the words of the page stay.
    }
  }
}
customElements.define("stock-left", StockLeft);
