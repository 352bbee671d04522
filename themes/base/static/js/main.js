// Every page works without this file; each module upgrades one element.
import "./components/quantity-stepper.js";
import "./components/theme-switch.js";
import "./components/commune-field.js";
import "./components/checkout-sum.js";
import "./components/share-button.js";
import "./components/basket-count.js";
import "./components/search-field.js";
import "./components/woven-map.js";
import "./components/page.js";
import "./components/stock-left.js";
import "./components/code-scan.js";
