// <share-button data-text="…" data-url="…">: the phone's share sheet, or the clipboard where there is none.
class ShareButton extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => this.share());
  }

  async share() {
    const url = this.dataset.url ? new URL(this.dataset.url, location.href).href : location.href;
    try {
      if (this.hasAttribute("data-copy") || !navigator.share) await navigator.clipboard.writeText(this.dataset.text ?? url);
      else return await navigator.share({ title: document.title, text: this.dataset.text, url });
      this.querySelector("[role=status]").textContent = this.dataset.done;
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }
}
customElements.define("share-button", ShareButton);
