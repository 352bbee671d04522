// <checkout-sum data-url>: counts delivery anew as soon as the commune is chosen, so that the sum is right before sending.
class CheckoutSum extends HTMLElement {
  connectedCallback() {
    document.addEventListener("commune-chosen", (event) => this.load(event.detail));
  }

  async load(code) {
    const voucher = document.querySelector("[name=voucher]")?.value ?? "";
    const answer = await fetch(`${this.dataset.url}?${new URLSearchParams({ xa: code, ma: voucher })}`);
    if (answer.ok) this.innerHTML = await answer.text();
  }
}
customElements.define("checkout-sum", CheckoutSum);
