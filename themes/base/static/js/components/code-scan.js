// <code-scan>: reads a QR or bar code with the camera where the browser can; the field beside it works everywhere.
const FORMATS = ["qr_code", "ean_13", "ean_8", "upc_a", "data_matrix", "code_128", "itf"];

class CodeScan extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.button = this.querySelector("button");
    this.status = this.querySelector("[role=status]");
    this.button.addEventListener("click", () => (this.stream ? this.stop() : this.start()));
    if (location.hash === "#quet") this.start();
  }

  disconnectedCallback() { this.stop(); }

  async start() {
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return this.say(this.dataset.none);
    const known = await BarcodeDetector.getSupportedFormats();
    const formats = FORMATS.filter((format) => known.includes(format));
    if (!formats.length) return this.say(this.dataset.none);
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    } catch {
      return this.say(this.dataset.denied);
    }
    this.say("");
    this.view = document.createElement("div");
    this.view.className = "scan__view";
    const video = document.createElement("video");
    video.playsInline = true;
    video.muted = true;
    video.srcObject = this.stream;
    this.view.append(video);
    this.append(this.view);
    await video.play();
    this.read(video, new BarcodeDetector({ formats }));
  }

  async read(video, detector) {
    while (this.stream) {
      const [code] = await detector.detect(video).catch(() => []);
      if (code?.rawValue) {
        this.stop();
        location.assign(`${this.dataset.url}?q=${encodeURIComponent(code.rawValue)}`);
        return;
      }
      await new Promise((done) => setTimeout(done, 150));
    }
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.view?.remove();
  }

  say(text) { this.status.textContent = text; }
}
customElements.define("code-scan", CodeScan);
