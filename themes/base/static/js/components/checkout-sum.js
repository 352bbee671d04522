// <checkout-sum data-url>: counts delivery anew as soon as the commune is chosen, so that the sum is right before sending.
class CheckoutSum extends HTMLElement {
  connectedCallback() {
    document.addEventListener("commune-chosen", (event) => {
      this.commune = event.detail;
      this.load();
    });
    document.addEventListener("change", (event) => event.target.name === "pickup" && this.load());
  }

  async load() {
    const value = (name) => document.querySelector(name)?.value ?? "";
    const query = { xa: this.commune ?? "", diem: value("[name=pickup]:checked"), ma: value("[name=voucher]") };
    const answer = await fetch(`${this.dataset.url}?${new URLSearchParams(query)}`);
    if (answer.ok) this.innerHTML = await answer.text();
  }
}
customElements.define("checkout-sum", CheckoutSum);
