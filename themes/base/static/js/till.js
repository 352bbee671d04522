// The counter: tap, scan (wedge scanner or camera) or search; cash with change, or VietQR. While the line is gone
// selling stops; the bill on screen is kept, and what was sent goes once, with the key it was given.
const till = document.querySelector("[data-till]");
const words = till.dataset;
const $ = (name) => till.querySelector(`[data-${name}]`);
const BILL = `till-bill:${words.point}`;
const shelf = new Map(JSON.parse(document.querySelector("#shelf").textContent).map((item) => [item.id, item]));
const dong = (n) => `${String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ".")}\u00a0₫`;
const fresh = () => ({ key: crypto.randomUUID?.() ?? String(Math.random()).slice(2) + Date.now(), lines: [], sent: null });

let bill = fresh();
try { bill = JSON.parse(localStorage.getItem(BILL)) ?? bill; } catch { /* storage is off */ }
bill.lines = bill.lines.filter((line) => shelf.has(line.product));

const save = () => { try { localStorage.setItem(BILL, JSON.stringify(bill)); } catch { /* storage is off */ } };
const total = () => bill.lines.reduce((sum, line) => sum + line.quantity * shelf.get(line.product).price, 0);
const given = () => Number($("given").value.replace(/\D/g, "")) || 0;

function say(text) {
  $("say").hidden = !text;
  $("say-text").textContent = text ?? "";
}

function add(id, lot = "") {
  const item = shelf.get(id);
  if (!item || bill.sent) return;
  const of = bill.lines.filter((line) => line.product === id).reduce((n, line) => n + line.quantity, 0);
  if (of >= item.left) { say(words.tNone); return; }
  const line = bill.lines.find((row) => row.product === id && row.lot === lot);
  if (line) line.quantity += 1; else bill.lines.push({ product: id, quantity: 1, lot });
  say("");
  $("done").hidden = true;
  show();
}

function show() {
  save();
  $("bill").replaceChildren(...bill.lines.map((line, n) => {
    const item = shelf.get(line.product);
    const row = document.createElement("li");
    row.className = "bill__row";
    const name = document.createElement("span");
    name.textContent = `${line.quantity} × ${item.name} ${item.pack}${line.lot ? ` · ${line.lot}` : ""}`;
    const sum = document.createElement("strong");
    sum.className = "price";
    sum.textContent = dong(line.quantity * item.price);
    const less = document.createElement("button");
    less.type = "button";
    less.className = "button button--quiet small";
    less.textContent = "−";
    less.setAttribute("aria-label", `${words.tLess}: ${item.name}`);
    less.addEventListener("click", () => {
      line.quantity -= 1;
      if (!line.quantity) bill.lines.splice(n, 1);
      show();
    });
    row.append(name, sum, less);
    return row;
  }));
  const some = bill.lines.length > 0;
  $("empty").hidden = some;
  $("pay").hidden = !some;
  $("total").textContent = dong(total());
  $("age").hidden = !bill.lines.some((line) => shelf.get(line.product).adult);
  notes();
  change();
}

function notes() {
  const sum = total();
  const round = [...new Set([sum, ...[50000, 100000, 200000, 500000].map((n) => Math.ceil(sum / n) * n)])].slice(0, 4);
  $("notes").replaceChildren(...round.map((n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--plain small";
    button.textContent = dong(n);
    button.addEventListener("click", () => { $("given").value = dong(n).slice(0, -2); change(); });
    return button;
  }));
}

function change() {
  const back = given() - total();
  $("change").textContent = given() && back >= 0 ? `${words.tChange}: ${dong(back)}` : "";
}

function line(up) {
  $("line").hidden = up;
  $("line-text").textContent = bill.sent ? words.tWaiting : words.tGone;
  for (const button of till.querySelectorAll("[data-sell]")) button.disabled = !up || Boolean(bill.sent);
}

async function sell(payment) {
  if (!bill.lines.length || bill.sent) return;
  if (!$("age").hidden && !$("age-check").checked) { say(words.tAge); return; }
  if (payment === "cash" && given() && given() < total()) { say(words.tShort); return; }
  bill.sent = {
    key: bill.key, point: words.point, payment, age_checked: $("age-check").checked,
    lines: bill.lines, cash_given: payment === "cash" ? given() || total() : null,
  };
  save();
  await send();
}

async function send() {
  line(true);
  try {
    const reply = await fetch(words.sales, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": words.csrf },
      body: JSON.stringify(bill.sent),
    });
    if (reply.status >= 500) throw new TypeError("server");
    const answer = await reply.json();
    if (!reply.ok) {
      bill.sent = null;
      say(answer.message ?? answer.code);
      line(true);
      save();
      return;
    }
    bill = fresh();
    save();
    $("given").value = "";
    $("age-check").checked = false;
    if (!answer.paid) { location.assign(answer.receipt); return; }
    $("done").hidden = false;
    $("done-text").textContent = `${words.tDone} ${answer.number} · ${words.tChange}: ${dong(answer.change)}`;
    $("receipt").href = answer.receipt;
    say("");
    line(true);
    show();
    refresh();
  } catch {
    line(false);
    setTimeout(() => bill.sent && send(), 4000);
  }
}

async function refresh() {
  try {
    const reply = await fetch(words.goods, { headers: { Accept: "application/json" } });
    for (const item of (await reply.json()).goods) {
      shelf.set(item.id, item);
      const left = till.querySelector(`[data-add="${item.id}"] small`);
      if (left) left.textContent = `${words.tLeft} ${item.left}`;
    }
    line(true);
  } catch { line(false); }
}

async function scanned(text) {
  try {
    const reply = await fetch(`${words.scan}?code=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
    if (!reply.ok) { say(words.tUnknown); return; }
    const { gtin, lot, state } = await reply.json();
    if (state && !["on_sale", "sold_out"].includes(state)) { say(`${words.tStopped} (${lot})`); return; }
    const item = [...shelf.values()].find((row) => row.gtin && row.gtin.padStart(14, "0") === gtin.padStart(14, "0"));
    if (item) add(item.id, lot); else say(words.tUnknown);
  } catch { line(false); }
}

// A wedge scanner types fast and ends with Enter, wherever the focus is.
let buffer = "";
let last = 0;
document.addEventListener("keydown", (event) => {
  const now = performance.now();
  if (now - last > 60) buffer = "";
  last = now;
  if (event.key === "Enter" && buffer.length >= 8) {
    event.preventDefault();
    const text = buffer;
    buffer = "";
    $("query").value = "";
    filter("");
    scanned(text);
  } else if (event.key.length === 1) buffer += event.key;
}, true);

const fold = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
function filter(text) {
  const wanted = fold(text).split(/\s+/).filter(Boolean);
  for (const row of $("keys").children) row.hidden = !wanted.every((word) => fold(row.dataset.name ?? "").includes(word));
}

async function camera() {
  const detector = new BarcodeDetector({ formats: ["qr_code", "ean_13", "ean_8", "code_128"] });
  const video = $("video");
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  for (let found = []; !found.length && !video.hidden; ) {
    found = await detector.detect(video).catch(() => []);
    if (found.length) await scanned(found[0].rawValue);
    await new Promise((done) => setTimeout(done, 200));
  }
  stream.getTracks().forEach((track) => track.stop());
  video.hidden = true;
}

till.addEventListener("click", ({ target }) => {
  const key = target.closest("[data-add]");
  if (key) add(Number(key.dataset.add));
  const pay = target.closest("[data-sell]");
  if (pay) sell(pay.dataset.sell);
  if (target.closest("[data-clear]") && !bill.sent) { bill = fresh(); show(); }
  if (target.closest("[data-camera]")) { if ($("video").hidden) camera().catch(() => {}); else $("video").hidden = true; }
});
$("given").addEventListener("input", change);
$("query").addEventListener("input", ({ target }) => filter(target.value));
$("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("query").value.trim();
  if (/^\d{8,14}$/.test(text) || text.includes("/")) { scanned(text); $("query").value = ""; filter(""); }
});
if ("BarcodeDetector" in window && navigator.mediaDevices) $("camera").hidden = false;
addEventListener("offline", () => line(false));
addEventListener("online", () => (bill.sent ? send() : refresh()));
show();
line(navigator.onLine);
if (bill.sent) send();
