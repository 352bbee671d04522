// <commune-field>: type-ahead over the communes of its datalist; typing without accents finds them too.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

class CommuneField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.names = [...this.querySelectorAll("datalist option")].map((option) => option.value);
    this.input.removeAttribute("list");
    this.list = Object.assign(document.createElement("ul"), { className: "suggest__list", id: "commune-list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.label ?? "");
    this.input.after(this.list);
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false", autocomplete: "off" };
    for (const [name, value] of Object.entries(combobox)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => (this.dataset.url ? this.ask() : this.show()));
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => this.choose(event.target.closest("li")));
  }

  // With data-url the server knows all communes of the country, former names too.
  ask() {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const text = this.input.value.trim();
      this.hits = text ? await fetch(`${this.dataset.url}?q=${encodeURIComponent(text)}`).then((answer) => answer.json()).then((data) => data.results, () => []) : [];
      if (text === this.input.value.trim()) this.show(this.hits.slice(0, 6).map((hit) => hit.label));
    }, 150);
  }

  show(found = this.near()) {
    this.list.replaceChildren(...found.map((name, index) => {
      const option = Object.assign(document.createElement("li"), { className: "suggest__option", id: `commune-${index}`, textContent: name });
      option.setAttribute("role", "option");
      return option;
    }));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.mark(found.length ? 0 : -1);
  }

  near() {
    const wanted = plain(this.input.value.trim());
    return wanted ? this.names.filter((name) => plain(name).includes(wanted)).slice(0, 5) : [];
  }

  mark(index) {
    this.index = index;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `commune-${index}`);
  }

  onKey(event) {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.list.children.length;
    if (step) this.mark((this.index + step + count) % count);
    else if (event.key === "Enter") this.choose(this.list.children[this.index]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  choose(option) {
    if (option) this.input.value = option.textContent;
    const hit = option && this.hits?.find((one) => one.label === option.textContent);
    if (hit) this.dispatchEvent(new CustomEvent("commune-chosen", { bubbles: true, detail: hit.code }));
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
}
customElements.define("commune-field", CommuneField);
