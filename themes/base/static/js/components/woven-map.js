// <woven-map>: a closer look at one former district. The frame never leaves the region.
class WovenMap extends HTMLElement {
  connectedCallback() {
    const choice = this.querySelector("[data-zoom]");
    if (!choice) return;
    choice.closest("[hidden]").hidden = false;
    choice.addEventListener("change", () => this.look(choice.value));
  }

  look(box) {
    this.querySelector("svg.map").setAttribute("viewBox", box);
    this.toggleAttribute("data-close", box !== this.dataset.box);
  }
}
customElements.define("woven-map", WovenMap);
