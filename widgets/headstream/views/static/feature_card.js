// headstream/views/shared/draw/dom.ts
function element(tag, className = "", attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}
function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}
function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === void 0) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
}

// headstream/views/shared/frame/focus.ts
function keepingFocus(root, change) {
  const tree = root.getRootNode();
  const before = tree.activeElement;
  const key = root.contains(before) ? before?.closest("[data-key]")?.dataset.key : void 0;
  change();
  if (key === void 0 || before?.isConnected && tree.activeElement === before) return;
  root.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

// node_modules/d3-color/dist/d3-color.mjs
function define(constructor, factory, prototype) {
  constructor.prototype = factory.prototype = prototype;
  prototype.constructor = constructor;
}
function extend(parent, definition) {
  var prototype = Object.create(parent.prototype);
  for (var key in definition) prototype[key] = definition[key];
  return prototype;
}
function Color() {
}
var darker = 0.7;
var brighter = 1 / darker;
var reI = "\\s*([+-]?\\d+)\\s*";
var reN = "\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)\\s*";
var reP = "\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)%\\s*";
var reHex = /^#([0-9a-f]{3,8})$/;
var reRgbInteger = new RegExp(`^rgb\\(${reI},${reI},${reI}\\)$`);
var reRgbPercent = new RegExp(`^rgb\\(${reP},${reP},${reP}\\)$`);
var reRgbaInteger = new RegExp(`^rgba\\(${reI},${reI},${reI},${reN}\\)$`);
var reRgbaPercent = new RegExp(`^rgba\\(${reP},${reP},${reP},${reN}\\)$`);
var reHslPercent = new RegExp(`^hsl\\(${reN},${reP},${reP}\\)$`);
var reHslaPercent = new RegExp(`^hsla\\(${reN},${reP},${reP},${reN}\\)$`);
var named = {
  aliceblue: 15792383,
  antiquewhite: 16444375,
  aqua: 65535,
  aquamarine: 8388564,
  azure: 15794175,
  beige: 16119260,
  bisque: 16770244,
  black: 0,
  blanchedalmond: 16772045,
  blue: 255,
  blueviolet: 9055202,
  brown: 10824234,
  burlywood: 14596231,
  cadetblue: 6266528,
  chartreuse: 8388352,
  chocolate: 13789470,
  coral: 16744272,
  cornflowerblue: 6591981,
  cornsilk: 16775388,
  crimson: 14423100,
  cyan: 65535,
  darkblue: 139,
  darkcyan: 35723,
  darkgoldenrod: 12092939,
  darkgray: 11119017,
  darkgreen: 25600,
  darkgrey: 11119017,
  darkkhaki: 12433259,
  darkmagenta: 9109643,
  darkolivegreen: 5597999,
  darkorange: 16747520,
  darkorchid: 10040012,
  darkred: 9109504,
  darksalmon: 15308410,
  darkseagreen: 9419919,
  darkslateblue: 4734347,
  darkslategray: 3100495,
  darkslategrey: 3100495,
  darkturquoise: 52945,
  darkviolet: 9699539,
  deeppink: 16716947,
  deepskyblue: 49151,
  dimgray: 6908265,
  dimgrey: 6908265,
  dodgerblue: 2003199,
  firebrick: 11674146,
  floralwhite: 16775920,
  forestgreen: 2263842,
  fuchsia: 16711935,
  gainsboro: 14474460,
  ghostwhite: 16316671,
  gold: 16766720,
  goldenrod: 14329120,
  gray: 8421504,
  green: 32768,
  greenyellow: 11403055,
  grey: 8421504,
  honeydew: 15794160,
  hotpink: 16738740,
  indianred: 13458524,
  indigo: 4915330,
  ivory: 16777200,
  khaki: 15787660,
  lavender: 15132410,
  lavenderblush: 16773365,
  lawngreen: 8190976,
  lemonchiffon: 16775885,
  lightblue: 11393254,
  lightcoral: 15761536,
  lightcyan: 14745599,
  lightgoldenrodyellow: 16448210,
  lightgray: 13882323,
  lightgreen: 9498256,
  lightgrey: 13882323,
  lightpink: 16758465,
  lightsalmon: 16752762,
  lightseagreen: 2142890,
  lightskyblue: 8900346,
  lightslategray: 7833753,
  lightslategrey: 7833753,
  lightsteelblue: 11584734,
  lightyellow: 16777184,
  lime: 65280,
  limegreen: 3329330,
  linen: 16445670,
  magenta: 16711935,
  maroon: 8388608,
  mediumaquamarine: 6737322,
  mediumblue: 205,
  mediumorchid: 12211667,
  mediumpurple: 9662683,
  mediumseagreen: 3978097,
  mediumslateblue: 8087790,
  mediumspringgreen: 64154,
  mediumturquoise: 4772300,
  mediumvioletred: 13047173,
  midnightblue: 1644912,
  mintcream: 16121850,
  mistyrose: 16770273,
  moccasin: 16770229,
  navajowhite: 16768685,
  navy: 128,
  oldlace: 16643558,
  olive: 8421376,
  olivedrab: 7048739,
  orange: 16753920,
  orangered: 16729344,
  orchid: 14315734,
  palegoldenrod: 15657130,
  palegreen: 10025880,
  paleturquoise: 11529966,
  palevioletred: 14381203,
  papayawhip: 16773077,
  peachpuff: 16767673,
  peru: 13468991,
  pink: 16761035,
  plum: 14524637,
  powderblue: 11591910,
  purple: 8388736,
  rebeccapurple: 6697881,
  red: 16711680,
  rosybrown: 12357519,
  royalblue: 4286945,
  saddlebrown: 9127187,
  salmon: 16416882,
  sandybrown: 16032864,
  seagreen: 3050327,
  seashell: 16774638,
  sienna: 10506797,
  silver: 12632256,
  skyblue: 8900331,
  slateblue: 6970061,
  slategray: 7372944,
  slategrey: 7372944,
  snow: 16775930,
  springgreen: 65407,
  steelblue: 4620980,
  tan: 13808780,
  teal: 32896,
  thistle: 14204888,
  tomato: 16737095,
  turquoise: 4251856,
  violet: 15631086,
  wheat: 16113331,
  white: 16777215,
  whitesmoke: 16119285,
  yellow: 16776960,
  yellowgreen: 10145074
};
define(Color, color, {
  copy(channels) {
    return Object.assign(new this.constructor(), this, channels);
  },
  displayable() {
    return this.rgb().displayable();
  },
  hex: color_formatHex,
  // Deprecated! Use color.formatHex.
  formatHex: color_formatHex,
  formatHex8: color_formatHex8,
  formatHsl: color_formatHsl,
  formatRgb: color_formatRgb,
  toString: color_formatRgb
});
function color_formatHex() {
  return this.rgb().formatHex();
}
function color_formatHex8() {
  return this.rgb().formatHex8();
}
function color_formatHsl() {
  return hslConvert(this).formatHsl();
}
function color_formatRgb() {
  return this.rgb().formatRgb();
}
function color(format2) {
  var m, l;
  format2 = (format2 + "").trim().toLowerCase();
  return (m = reHex.exec(format2)) ? (l = m[1].length, m = parseInt(m[1], 16), l === 6 ? rgbn(m) : l === 3 ? new Rgb(m >> 8 & 15 | m >> 4 & 240, m >> 4 & 15 | m & 240, (m & 15) << 4 | m & 15, 1) : l === 8 ? rgba(m >> 24 & 255, m >> 16 & 255, m >> 8 & 255, (m & 255) / 255) : l === 4 ? rgba(m >> 12 & 15 | m >> 8 & 240, m >> 8 & 15 | m >> 4 & 240, m >> 4 & 15 | m & 240, ((m & 15) << 4 | m & 15) / 255) : null) : (m = reRgbInteger.exec(format2)) ? new Rgb(m[1], m[2], m[3], 1) : (m = reRgbPercent.exec(format2)) ? new Rgb(m[1] * 255 / 100, m[2] * 255 / 100, m[3] * 255 / 100, 1) : (m = reRgbaInteger.exec(format2)) ? rgba(m[1], m[2], m[3], m[4]) : (m = reRgbaPercent.exec(format2)) ? rgba(m[1] * 255 / 100, m[2] * 255 / 100, m[3] * 255 / 100, m[4]) : (m = reHslPercent.exec(format2)) ? hsla(m[1], m[2] / 100, m[3] / 100, 1) : (m = reHslaPercent.exec(format2)) ? hsla(m[1], m[2] / 100, m[3] / 100, m[4]) : named.hasOwnProperty(format2) ? rgbn(named[format2]) : format2 === "transparent" ? new Rgb(NaN, NaN, NaN, 0) : null;
}
function rgbn(n) {
  return new Rgb(n >> 16 & 255, n >> 8 & 255, n & 255, 1);
}
function rgba(r, g, b, a) {
  if (a <= 0) r = g = b = NaN;
  return new Rgb(r, g, b, a);
}
function rgbConvert(o) {
  if (!(o instanceof Color)) o = color(o);
  if (!o) return new Rgb();
  o = o.rgb();
  return new Rgb(o.r, o.g, o.b, o.opacity);
}
function rgb(r, g, b, opacity) {
  return arguments.length === 1 ? rgbConvert(r) : new Rgb(r, g, b, opacity == null ? 1 : opacity);
}
function Rgb(r, g, b, opacity) {
  this.r = +r;
  this.g = +g;
  this.b = +b;
  this.opacity = +opacity;
}
define(Rgb, rgb, extend(Color, {
  brighter(k) {
    k = k == null ? brighter : Math.pow(brighter, k);
    return new Rgb(this.r * k, this.g * k, this.b * k, this.opacity);
  },
  darker(k) {
    k = k == null ? darker : Math.pow(darker, k);
    return new Rgb(this.r * k, this.g * k, this.b * k, this.opacity);
  },
  rgb() {
    return this;
  },
  clamp() {
    return new Rgb(clampi(this.r), clampi(this.g), clampi(this.b), clampa(this.opacity));
  },
  displayable() {
    return -0.5 <= this.r && this.r < 255.5 && (-0.5 <= this.g && this.g < 255.5) && (-0.5 <= this.b && this.b < 255.5) && (0 <= this.opacity && this.opacity <= 1);
  },
  hex: rgb_formatHex,
  // Deprecated! Use color.formatHex.
  formatHex: rgb_formatHex,
  formatHex8: rgb_formatHex8,
  formatRgb: rgb_formatRgb,
  toString: rgb_formatRgb
}));
function rgb_formatHex() {
  return `#${hex(this.r)}${hex(this.g)}${hex(this.b)}`;
}
function rgb_formatHex8() {
  return `#${hex(this.r)}${hex(this.g)}${hex(this.b)}${hex((isNaN(this.opacity) ? 1 : this.opacity) * 255)}`;
}
function rgb_formatRgb() {
  const a = clampa(this.opacity);
  return `${a === 1 ? "rgb(" : "rgba("}${clampi(this.r)}, ${clampi(this.g)}, ${clampi(this.b)}${a === 1 ? ")" : `, ${a})`}`;
}
function clampa(opacity) {
  return isNaN(opacity) ? 1 : Math.max(0, Math.min(1, opacity));
}
function clampi(value) {
  return Math.max(0, Math.min(255, Math.round(value) || 0));
}
function hex(value) {
  value = clampi(value);
  return (value < 16 ? "0" : "") + value.toString(16);
}
function hsla(h, s, l, a) {
  if (a <= 0) h = s = l = NaN;
  else if (l <= 0 || l >= 1) h = s = NaN;
  else if (s <= 0) h = NaN;
  return new Hsl(h, s, l, a);
}
function hslConvert(o) {
  if (o instanceof Hsl) return new Hsl(o.h, o.s, o.l, o.opacity);
  if (!(o instanceof Color)) o = color(o);
  if (!o) return new Hsl();
  if (o instanceof Hsl) return o;
  o = o.rgb();
  var r = o.r / 255, g = o.g / 255, b = o.b / 255, min = Math.min(r, g, b), max2 = Math.max(r, g, b), h = NaN, s = max2 - min, l = (max2 + min) / 2;
  if (s) {
    if (r === max2) h = (g - b) / s + (g < b) * 6;
    else if (g === max2) h = (b - r) / s + 2;
    else h = (r - g) / s + 4;
    s /= l < 0.5 ? max2 + min : 2 - max2 - min;
    h *= 60;
  } else {
    s = l > 0 && l < 1 ? 0 : h;
  }
  return new Hsl(h, s, l, o.opacity);
}
function hsl(h, s, l, opacity) {
  return arguments.length === 1 ? hslConvert(h) : new Hsl(h, s, l, opacity == null ? 1 : opacity);
}
function Hsl(h, s, l, opacity) {
  this.h = +h;
  this.s = +s;
  this.l = +l;
  this.opacity = +opacity;
}
define(Hsl, hsl, extend(Color, {
  brighter(k) {
    k = k == null ? brighter : Math.pow(brighter, k);
    return new Hsl(this.h, this.s, this.l * k, this.opacity);
  },
  darker(k) {
    k = k == null ? darker : Math.pow(darker, k);
    return new Hsl(this.h, this.s, this.l * k, this.opacity);
  },
  rgb() {
    var h = this.h % 360 + (this.h < 0) * 360, s = isNaN(h) || isNaN(this.s) ? 0 : this.s, l = this.l, m2 = l + (l < 0.5 ? l : 1 - l) * s, m1 = 2 * l - m2;
    return new Rgb(
      hsl2rgb(h >= 240 ? h - 240 : h + 120, m1, m2),
      hsl2rgb(h, m1, m2),
      hsl2rgb(h < 120 ? h + 240 : h - 120, m1, m2),
      this.opacity
    );
  },
  clamp() {
    return new Hsl(clamph(this.h), clampt(this.s), clampt(this.l), clampa(this.opacity));
  },
  displayable() {
    return (0 <= this.s && this.s <= 1 || isNaN(this.s)) && (0 <= this.l && this.l <= 1) && (0 <= this.opacity && this.opacity <= 1);
  },
  formatHsl() {
    const a = clampa(this.opacity);
    return `${a === 1 ? "hsl(" : "hsla("}${clamph(this.h)}, ${clampt(this.s) * 100}%, ${clampt(this.l) * 100}%${a === 1 ? ")" : `, ${a})`}`;
  }
}));
function clamph(value) {
  value = (value || 0) % 360;
  return value < 0 ? value + 360 : value;
}
function clampt(value) {
  return Math.max(0, Math.min(1, value || 0));
}
function hsl2rgb(h, m1, m2) {
  return (h < 60 ? m1 + (m2 - m1) * h / 60 : h < 180 ? m2 : h < 240 ? m1 + (m2 - m1) * (240 - h) / 60 : m1) * 255;
}
var radians = Math.PI / 180;
var degrees = 180 / Math.PI;
var K = 18;
var Xn = 0.96422;
var Yn = 1;
var Zn = 0.82521;
var t0 = 4 / 29;
var t1 = 6 / 29;
var t2 = 3 * t1 * t1;
var t3 = t1 * t1 * t1;
function labConvert(o) {
  if (o instanceof Lab) return new Lab(o.l, o.a, o.b, o.opacity);
  if (o instanceof Hcl) return hcl2lab(o);
  if (!(o instanceof Rgb)) o = rgbConvert(o);
  var r = rgb2lrgb(o.r), g = rgb2lrgb(o.g), b = rgb2lrgb(o.b), y = xyz2lab((0.2225045 * r + 0.7168786 * g + 0.0606169 * b) / Yn), x2, z;
  if (r === g && g === b) x2 = z = y;
  else {
    x2 = xyz2lab((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / Xn);
    z = xyz2lab((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / Zn);
  }
  return new Lab(116 * y - 16, 500 * (x2 - y), 200 * (y - z), o.opacity);
}
function lab(l, a, b, opacity) {
  return arguments.length === 1 ? labConvert(l) : new Lab(l, a, b, opacity == null ? 1 : opacity);
}
function Lab(l, a, b, opacity) {
  this.l = +l;
  this.a = +a;
  this.b = +b;
  this.opacity = +opacity;
}
define(Lab, lab, extend(Color, {
  brighter(k) {
    return new Lab(this.l + K * (k == null ? 1 : k), this.a, this.b, this.opacity);
  },
  darker(k) {
    return new Lab(this.l - K * (k == null ? 1 : k), this.a, this.b, this.opacity);
  },
  rgb() {
    var y = (this.l + 16) / 116, x2 = isNaN(this.a) ? y : y + this.a / 500, z = isNaN(this.b) ? y : y - this.b / 200;
    x2 = Xn * lab2xyz(x2);
    y = Yn * lab2xyz(y);
    z = Zn * lab2xyz(z);
    return new Rgb(
      lrgb2rgb(3.1338561 * x2 - 1.6168667 * y - 0.4906146 * z),
      lrgb2rgb(-0.9787684 * x2 + 1.9161415 * y + 0.033454 * z),
      lrgb2rgb(0.0719453 * x2 - 0.2289914 * y + 1.4052427 * z),
      this.opacity
    );
  }
}));
function xyz2lab(t) {
  return t > t3 ? Math.pow(t, 1 / 3) : t / t2 + t0;
}
function lab2xyz(t) {
  return t > t1 ? t * t * t : t2 * (t - t0);
}
function lrgb2rgb(x2) {
  return 255 * (x2 <= 31308e-7 ? 12.92 * x2 : 1.055 * Math.pow(x2, 1 / 2.4) - 0.055);
}
function rgb2lrgb(x2) {
  return (x2 /= 255) <= 0.04045 ? x2 / 12.92 : Math.pow((x2 + 0.055) / 1.055, 2.4);
}
function hclConvert(o) {
  if (o instanceof Hcl) return new Hcl(o.h, o.c, o.l, o.opacity);
  if (!(o instanceof Lab)) o = labConvert(o);
  if (o.a === 0 && o.b === 0) return new Hcl(NaN, 0 < o.l && o.l < 100 ? 0 : NaN, o.l, o.opacity);
  var h = Math.atan2(o.b, o.a) * degrees;
  return new Hcl(h < 0 ? h + 360 : h, Math.sqrt(o.a * o.a + o.b * o.b), o.l, o.opacity);
}
function hcl(h, c, l, opacity) {
  return arguments.length === 1 ? hclConvert(h) : new Hcl(h, c, l, opacity == null ? 1 : opacity);
}
function Hcl(h, c, l, opacity) {
  this.h = +h;
  this.c = +c;
  this.l = +l;
  this.opacity = +opacity;
}
function hcl2lab(o) {
  if (isNaN(o.h)) return new Lab(o.l, 0, 0, o.opacity);
  var h = o.h * radians;
  return new Lab(o.l, Math.cos(h) * o.c, Math.sin(h) * o.c, o.opacity);
}
define(Hcl, hcl, extend(Color, {
  brighter(k) {
    return new Hcl(this.h, this.c, this.l + K * (k == null ? 1 : k), this.opacity);
  },
  darker(k) {
    return new Hcl(this.h, this.c, this.l - K * (k == null ? 1 : k), this.opacity);
  },
  rgb() {
    return hcl2lab(this).rgb();
  }
}));
var A = -0.14861;
var B = 1.78277;
var C = -0.29227;
var D = -0.90649;
var E = 1.97294;
var ED = E * D;
var EB = E * B;
var BC_DA = B * C - D * A;
function cubehelixConvert(o) {
  if (o instanceof Cubehelix) return new Cubehelix(o.h, o.s, o.l, o.opacity);
  if (!(o instanceof Rgb)) o = rgbConvert(o);
  var r = o.r / 255, g = o.g / 255, b = o.b / 255, l = (BC_DA * b + ED * r - EB * g) / (BC_DA + ED - EB), bl = b - l, k = (E * (g - l) - C * bl) / D, s = Math.sqrt(k * k + bl * bl) / (E * l * (1 - l)), h = s ? Math.atan2(k, bl) * degrees - 120 : NaN;
  return new Cubehelix(h < 0 ? h + 360 : h, s, l, o.opacity);
}
function cubehelix(h, s, l, opacity) {
  return arguments.length === 1 ? cubehelixConvert(h) : new Cubehelix(h, s, l, opacity == null ? 1 : opacity);
}
function Cubehelix(h, s, l, opacity) {
  this.h = +h;
  this.s = +s;
  this.l = +l;
  this.opacity = +opacity;
}
define(Cubehelix, cubehelix, extend(Color, {
  brighter(k) {
    k = k == null ? brighter : Math.pow(brighter, k);
    return new Cubehelix(this.h, this.s, this.l * k, this.opacity);
  },
  darker(k) {
    k = k == null ? darker : Math.pow(darker, k);
    return new Cubehelix(this.h, this.s, this.l * k, this.opacity);
  },
  rgb() {
    var h = isNaN(this.h) ? 0 : (this.h + 120) * radians, l = +this.l, a = isNaN(this.s) ? 0 : this.s * l * (1 - l), cosh = Math.cos(h), sinh = Math.sin(h);
    return new Rgb(
      255 * (l + a * (A * cosh + B * sinh)),
      255 * (l + a * (C * cosh + D * sinh)),
      255 * (l + a * (E * cosh)),
      this.opacity
    );
  }
}));

// node_modules/d3-interpolate/src/basis.js
function basis(t12, v0, v1, v2, v3) {
  var t22 = t12 * t12, t32 = t22 * t12;
  return ((1 - 3 * t12 + 3 * t22 - t32) * v0 + (4 - 6 * t22 + 3 * t32) * v1 + (1 + 3 * t12 + 3 * t22 - 3 * t32) * v2 + t32 * v3) / 6;
}
function basis_default(values) {
  var n = values.length - 1;
  return function(t) {
    var i2 = t <= 0 ? t = 0 : t >= 1 ? (t = 1, n - 1) : Math.floor(t * n), v1 = values[i2], v2 = values[i2 + 1], v0 = i2 > 0 ? values[i2 - 1] : 2 * v1 - v2, v3 = i2 < n - 1 ? values[i2 + 2] : 2 * v2 - v1;
    return basis((t - i2 / n) * n, v0, v1, v2, v3);
  };
}

// node_modules/d3-interpolate/src/basisClosed.js
function basisClosed_default(values) {
  var n = values.length;
  return function(t) {
    var i2 = Math.floor(((t %= 1) < 0 ? ++t : t) * n), v0 = values[(i2 + n - 1) % n], v1 = values[i2 % n], v2 = values[(i2 + 1) % n], v3 = values[(i2 + 2) % n];
    return basis((t - i2 / n) * n, v0, v1, v2, v3);
  };
}

// node_modules/d3-interpolate/src/constant.js
var constant_default = (x2) => () => x2;

// node_modules/d3-interpolate/src/color.js
function linear(a, d) {
  return function(t) {
    return a + t * d;
  };
}
function exponential(a, b, y) {
  return a = Math.pow(a, y), b = Math.pow(b, y) - a, y = 1 / y, function(t) {
    return Math.pow(a + t * b, y);
  };
}
function gamma(y) {
  return (y = +y) === 1 ? nogamma : function(a, b) {
    return b - a ? exponential(a, b, y) : constant_default(isNaN(a) ? b : a);
  };
}
function nogamma(a, b) {
  var d = b - a;
  return d ? linear(a, d) : constant_default(isNaN(a) ? b : a);
}

// node_modules/d3-interpolate/src/rgb.js
var rgb_default = (function rgbGamma(y) {
  var color2 = gamma(y);
  function rgb2(start, end) {
    var r = color2((start = rgb(start)).r, (end = rgb(end)).r), g = color2(start.g, end.g), b = color2(start.b, end.b), opacity = nogamma(start.opacity, end.opacity);
    return function(t) {
      start.r = r(t);
      start.g = g(t);
      start.b = b(t);
      start.opacity = opacity(t);
      return start + "";
    };
  }
  rgb2.gamma = rgbGamma;
  return rgb2;
})(1);
function rgbSpline(spline) {
  return function(colors) {
    var n = colors.length, r = new Array(n), g = new Array(n), b = new Array(n), i2, color2;
    for (i2 = 0; i2 < n; ++i2) {
      color2 = rgb(colors[i2]);
      r[i2] = color2.r || 0;
      g[i2] = color2.g || 0;
      b[i2] = color2.b || 0;
    }
    r = spline(r);
    g = spline(g);
    b = spline(b);
    color2.opacity = 1;
    return function(t) {
      color2.r = r(t);
      color2.g = g(t);
      color2.b = b(t);
      return color2 + "";
    };
  };
}
var rgbBasis = rgbSpline(basis_default);
var rgbBasisClosed = rgbSpline(basisClosed_default);

// node_modules/d3-interpolate/src/numberArray.js
function numberArray_default(a, b) {
  if (!b) b = [];
  var n = a ? Math.min(b.length, a.length) : 0, c = b.slice(), i2;
  return function(t) {
    for (i2 = 0; i2 < n; ++i2) c[i2] = a[i2] * (1 - t) + b[i2] * t;
    return c;
  };
}
function isNumberArray(x2) {
  return ArrayBuffer.isView(x2) && !(x2 instanceof DataView);
}

// node_modules/d3-interpolate/src/array.js
function genericArray(a, b) {
  var nb = b ? b.length : 0, na = a ? Math.min(nb, a.length) : 0, x2 = new Array(na), c = new Array(nb), i2;
  for (i2 = 0; i2 < na; ++i2) x2[i2] = value_default(a[i2], b[i2]);
  for (; i2 < nb; ++i2) c[i2] = b[i2];
  return function(t) {
    for (i2 = 0; i2 < na; ++i2) c[i2] = x2[i2](t);
    return c;
  };
}

// node_modules/d3-interpolate/src/date.js
function date_default(a, b) {
  var d = /* @__PURE__ */ new Date();
  return a = +a, b = +b, function(t) {
    return d.setTime(a * (1 - t) + b * t), d;
  };
}

// node_modules/d3-interpolate/src/number.js
function number_default(a, b) {
  return a = +a, b = +b, function(t) {
    return a * (1 - t) + b * t;
  };
}

// node_modules/d3-interpolate/src/object.js
function object_default(a, b) {
  var i2 = {}, c = {}, k;
  if (a === null || typeof a !== "object") a = {};
  if (b === null || typeof b !== "object") b = {};
  for (k in b) {
    if (k in a) {
      i2[k] = value_default(a[k], b[k]);
    } else {
      c[k] = b[k];
    }
  }
  return function(t) {
    for (k in i2) c[k] = i2[k](t);
    return c;
  };
}

// node_modules/d3-interpolate/src/string.js
var reA = /[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g;
var reB = new RegExp(reA.source, "g");
function zero(b) {
  return function() {
    return b;
  };
}
function one(b) {
  return function(t) {
    return b(t) + "";
  };
}
function string_default(a, b) {
  var bi = reA.lastIndex = reB.lastIndex = 0, am, bm, bs, i2 = -1, s = [], q = [];
  a = a + "", b = b + "";
  while ((am = reA.exec(a)) && (bm = reB.exec(b))) {
    if ((bs = bm.index) > bi) {
      bs = b.slice(bi, bs);
      if (s[i2]) s[i2] += bs;
      else s[++i2] = bs;
    }
    if ((am = am[0]) === (bm = bm[0])) {
      if (s[i2]) s[i2] += bm;
      else s[++i2] = bm;
    } else {
      s[++i2] = null;
      q.push({ i: i2, x: number_default(am, bm) });
    }
    bi = reB.lastIndex;
  }
  if (bi < b.length) {
    bs = b.slice(bi);
    if (s[i2]) s[i2] += bs;
    else s[++i2] = bs;
  }
  return s.length < 2 ? q[0] ? one(q[0].x) : zero(b) : (b = q.length, function(t) {
    for (var i3 = 0, o; i3 < b; ++i3) s[(o = q[i3]).i] = o.x(t);
    return s.join("");
  });
}

// node_modules/d3-interpolate/src/value.js
function value_default(a, b) {
  var t = typeof b, c;
  return b == null || t === "boolean" ? constant_default(b) : (t === "number" ? number_default : t === "string" ? (c = color(b)) ? (b = c, rgb_default) : string_default : b instanceof color ? rgb_default : b instanceof Date ? date_default : isNumberArray(b) ? numberArray_default : Array.isArray(b) ? genericArray : typeof b.valueOf !== "function" && typeof b.toString !== "function" || isNaN(b) ? object_default : number_default)(a, b);
}

// node_modules/d3-interpolate/src/round.js
function round_default(a, b) {
  return a = +a, b = +b, function(t) {
    return Math.round(a * (1 - t) + b * t);
  };
}

// node_modules/d3-interpolate/src/lab.js
function lab2(start, end) {
  var l = nogamma((start = lab(start)).l, (end = lab(end)).l), a = nogamma(start.a, end.a), b = nogamma(start.b, end.b), opacity = nogamma(start.opacity, end.opacity);
  return function(t) {
    start.l = l(t);
    start.a = a(t);
    start.b = b(t);
    start.opacity = opacity(t);
    return start + "";
  };
}

// node_modules/d3-interpolate/src/piecewise.js
function piecewise(interpolate, values) {
  if (values === void 0) values = interpolate, interpolate = value_default;
  var i2 = 0, n = values.length - 1, v = values[0], I = new Array(n < 0 ? 0 : n);
  while (i2 < n) I[i2] = interpolate(v, v = values[++i2]);
  return function(t) {
    var i3 = Math.max(0, Math.min(n - 1, Math.floor(t *= n)));
    return I[i3](t - i3);
  };
}

// headstream/views/shared/draw/color.ts
var STOPS = {
  light: {
    sequential: ["#fdfcf9", "#cfe0f1", "#74a7d8", "#2164ad", "#08306b"],
    diverging: ["#a34100", "#e08a45", "#f4f2ed", "#6aa3d8", "#0d4c96"],
    incoming: ["#fdfcf9", "#f9d9b4", "#eda45f", "#cc6515", "#8a3600"]
  },
  dark: {
    sequential: ["#15181d", "#1d3a5e", "#2f6bad", "#7db0e6", "#e0edff"],
    diverging: ["#ffb672", "#b9601c", "#262a30", "#2f6fb3", "#a6d0ff"],
    incoming: ["#15181d", "#4d2c10", "#a1541a", "#e89a52", "#ffe3c4"]
  }
};
var made = /* @__PURE__ */ new Map();
function ramp(theme, scale) {
  const name = `${theme} ${scale}`;
  const found = made.get(name) ?? rampOf(theme, scale);
  made.set(name, found);
  return found;
}
function rampOf(theme, scale) {
  const mix = piecewise(lab2, STOPS[theme][scale]);
  const rgb2 = new Uint8Array(256 * 3);
  for (let step = 0; step < 256; step++) {
    const channels = mix(step / 255).match(/\d+/g);
    rgb2.set(channels.map(Number), step * 3);
  }
  const colors = [];
  const inks = [];
  for (let step = 0; step < 256; step++) {
    const [r, g, b] = rgb2.subarray(3 * step, 3 * step + 3);
    colors.push(`rgb(${r}, ${g}, ${b})`);
    inks.push(luminance(r, g, b) > 0.179 ? "#000000" : "#ffffff");
  }
  const at = (t) => Math.round(255 * Math.min(1, Math.max(0, t)));
  return { rgb: rgb2, css: (t) => colors[at(t)], ink: (t) => inks[at(t)] };
}
function luminance(r, g, b) {
  const linear4 = (v) => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear4(r) + 0.7152 * linear4(g) + 0.0722 * linear4(b);
}
function themeOf(element2) {
  for (let node = element2; node; node = above(node)) {
    const channels = channelsOf(getComputedStyle(node).backgroundColor);
    if (channels && channels[3] > 0.5) return luminance(channels[0], channels[1], channels[2]) < 0.2 ? "dark" : "light";
  }
  return "light";
}
function above(node) {
  const root = node.getRootNode();
  return node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
function channelsOf(color2) {
  const found = /^(rgba?|color)\((?:[a-z][\w-]* )?([^)]*)\)$/.exec(color2);
  const numbers = found?.[2].match(/[\d.]+(?:e-?\d+)?%?/g)?.map((part2) => {
    return part2.endsWith("%") ? Number.parseFloat(part2) / 100 : Number(part2);
  });
  if (!found || !numbers || numbers.length < 3) return null;
  const full = found[1] === "color" ? 255 : 1;
  return [numbers[0] * full, numbers[1] * full, numbers[2] * full, numbers[3] ?? 1];
}

// headstream/views/shared/text/tokens.ts
var BYTES = /<0x([0-9A-F]{2})>/g;
var INVISIBLE = /(?! )[\p{Cc}\p{Cf}\p{Zs}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/gu;
var RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
function visible(label) {
  return plain(label).replaceAll(" ", "·");
}
var QUOTED = 48;
function quoted(label) {
  const text3 = shortened(plain(label), QUOTED);
  return RIGHT_TO_LEFT.test(text3) ? `‘⁨${text3}⁩’` : `‘${text3}’`;
}
function writeSentence(into, sentence) {
  const parts = sentence.split(/(‘ ?[^ ’]{1,13}’|' ?[^ ']{1,13}')/);
  into.replaceChildren(...parts.map((part2, at) => at % 2 ? element("span", "hs-quoted", {}, part2) : part2));
}
function plain(label) {
  return label.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0);
    if (character === "\n") return "↵";
    if (character === "	") return "⇥";
    if (code < 32) return String.fromCharCode(9216 + code);
    if (code === 127) return "␡";
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}
function shortened(text3, limit) {
  const characters = [...text3];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : text3;
}
function running(labels) {
  const pieces = labels.map((label) => label.split(BYTES));
  const bytes = [];
  const texts2 = pieces.map((parts) => parts.slice());
  const flush = () => {
    joinCharacters(bytes, texts2);
    bytes.length = 0;
  };
  pieces.forEach((parts, token) => {
    parts.forEach((part2, index) => {
      if (index % 2) bytes.push({ token, part: index, value: Number.parseInt(part2, 16) });
      else if (part2) flush();
    });
  });
  flush();
  return texts2.map((parts) => parts.join(""));
}
function joinCharacters(bytes, texts2) {
  let start = 0;
  while (start < bytes.length) {
    const first = bytes[start].value;
    const length = first >= 240 ? 4 : first >= 224 ? 3 : first >= 192 ? 2 : 1;
    const run = bytes.slice(start, start + length);
    let character;
    try {
      character = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
        Uint8Array.from(run, (b) => b.value)
      );
    } catch {
      character = void 0;
    }
    if (character === void 0) {
      const { token, part: part2, value } = bytes[start];
      texts2[token][part2] = `<0x${value.toString(16).toUpperCase().padStart(2, "0")}>`;
      start += 1;
    } else {
      for (const { token, part: part2 } of run) texts2[token][part2] = "";
      texts2[run[0].token][run[0].part] = character;
      start += length;
    }
  }
}

// node_modules/fflate/esm/browser.js
var u8 = Uint8Array;
var u16 = Uint16Array;
var i32 = Int32Array;
var fleb = new u8([
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  1,
  1,
  1,
  1,
  2,
  2,
  2,
  2,
  3,
  3,
  3,
  3,
  4,
  4,
  4,
  4,
  5,
  5,
  5,
  5,
  0,
  /* unused */
  0,
  0,
  /* impossible */
  0
]);
var fdeb = new u8([
  0,
  0,
  0,
  0,
  1,
  1,
  2,
  2,
  3,
  3,
  4,
  4,
  5,
  5,
  6,
  6,
  7,
  7,
  8,
  8,
  9,
  9,
  10,
  10,
  11,
  11,
  12,
  12,
  13,
  13,
  /* unused */
  0,
  0
]);
var clim = new u8([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
var freb = function(eb, start) {
  var b = new u16(31);
  for (var i2 = 0; i2 < 31; ++i2) {
    b[i2] = start += 1 << eb[i2 - 1];
  }
  var r = new i32(b[30]);
  for (var i2 = 1; i2 < 30; ++i2) {
    for (var j = b[i2]; j < b[i2 + 1]; ++j) {
      r[j] = j - b[i2] << 5 | i2;
    }
  }
  return { b, r };
};
var _a = freb(fleb, 2);
var fl = _a.b;
var revfl = _a.r;
fl[28] = 258, revfl[258] = 28;
var _b = freb(fdeb, 0);
var fd = _b.b;
var revfd = _b.r;
var rev = new u16(32768);
for (i = 0; i < 32768; ++i) {
  x = (i & 43690) >> 1 | (i & 21845) << 1;
  x = (x & 52428) >> 2 | (x & 13107) << 2;
  x = (x & 61680) >> 4 | (x & 3855) << 4;
  rev[i] = ((x & 65280) >> 8 | (x & 255) << 8) >> 1;
}
var x;
var i;
var hMap = (function(cd, mb, r) {
  var s = cd.length;
  var i2 = 0;
  var l = new u16(mb);
  for (; i2 < s; ++i2) {
    if (cd[i2])
      ++l[cd[i2] - 1];
  }
  var le = new u16(mb);
  for (i2 = 1; i2 < mb; ++i2) {
    le[i2] = le[i2 - 1] + l[i2 - 1] << 1;
  }
  var co;
  if (r) {
    co = new u16(1 << mb);
    var rvb = 15 - mb;
    for (i2 = 0; i2 < s; ++i2) {
      if (cd[i2]) {
        var sv = i2 << 4 | cd[i2];
        var r_1 = mb - cd[i2];
        var v = le[cd[i2] - 1]++ << r_1;
        for (var m = v | (1 << r_1) - 1; v <= m; ++v) {
          co[rev[v] >> rvb] = sv;
        }
      }
    }
  } else {
    co = new u16(s);
    for (i2 = 0; i2 < s; ++i2) {
      if (cd[i2]) {
        co[i2] = rev[le[cd[i2] - 1]++] >> 15 - cd[i2];
      }
    }
  }
  return co;
});
var flt = new u8(288);
for (i = 0; i < 144; ++i)
  flt[i] = 8;
var i;
for (i = 144; i < 256; ++i)
  flt[i] = 9;
var i;
for (i = 256; i < 280; ++i)
  flt[i] = 7;
var i;
for (i = 280; i < 288; ++i)
  flt[i] = 8;
var i;
var fdt = new u8(32);
for (i = 0; i < 32; ++i)
  fdt[i] = 5;
var i;
var flrm = /* @__PURE__ */ hMap(flt, 9, 1);
var fdrm = /* @__PURE__ */ hMap(fdt, 5, 1);
var max = function(a) {
  var m = a[0];
  for (var i2 = 1; i2 < a.length; ++i2) {
    if (a[i2] > m)
      m = a[i2];
  }
  return m;
};
var bits = function(d, p, m) {
  var o = p / 8 | 0;
  return (d[o] | d[o + 1] << 8) >> (p & 7) & m;
};
var bits16 = function(d, p) {
  var o = p / 8 | 0;
  return (d[o] | d[o + 1] << 8 | d[o + 2] << 16) >> (p & 7);
};
var shft = function(p) {
  return (p + 7) / 8 | 0;
};
var slc = function(v, s, e) {
  if (s == null || s < 0)
    s = 0;
  if (e == null || e > v.length)
    e = v.length;
  return new u8(v.subarray(s, e));
};
var ec = [
  "unexpected EOF",
  "invalid block type",
  "invalid length/literal",
  "invalid distance",
  "stream finished",
  "no stream handler",
  ,
  // determined by compression function
  "no callback",
  "invalid UTF-8 data",
  "extra field too long",
  "date not in range 1980-2099",
  "filename too long",
  "stream finishing",
  "invalid zip data"
  // determined by unknown compression method
];
var err = function(ind, msg, nt) {
  var e = new Error(msg || ec[ind]);
  e.code = ind;
  if (Error.captureStackTrace)
    Error.captureStackTrace(e, err);
  if (!nt)
    throw e;
  return e;
};
var inflt = function(dat, st, buf, dict) {
  var sl = dat.length, dl = dict ? dict.length : 0;
  if (!sl || st.f && !st.l)
    return buf || new u8(0);
  var noBuf = !buf;
  var resize = noBuf || st.i != 2;
  var noSt = st.i;
  if (noBuf)
    buf = new u8(sl * 3);
  var cbuf = function(l2) {
    var bl = buf.length;
    if (l2 > bl) {
      var nbuf = new u8(Math.max(bl * 2, l2));
      nbuf.set(buf);
      buf = nbuf;
    }
  };
  var final = st.f || 0, pos = st.p || 0, bt = st.b || 0, lm = st.l, dm = st.d, lbt = st.m, dbt = st.n;
  var tbts = sl * 8;
  do {
    if (!lm) {
      final = bits(dat, pos, 1);
      var type = bits(dat, pos + 1, 3);
      pos += 3;
      if (!type) {
        var s = shft(pos) + 4, l = dat[s - 4] | dat[s - 3] << 8, t = s + l;
        if (t > sl) {
          if (noSt)
            err(0);
          break;
        }
        if (resize)
          cbuf(bt + l);
        buf.set(dat.subarray(s, t), bt);
        st.b = bt += l, st.p = pos = t * 8, st.f = final;
        continue;
      } else if (type == 1)
        lm = flrm, dm = fdrm, lbt = 9, dbt = 5;
      else if (type == 2) {
        var hLit = bits(dat, pos, 31) + 257, hcLen = bits(dat, pos + 10, 15) + 4;
        var tl = hLit + bits(dat, pos + 5, 31) + 1;
        pos += 14;
        var ldt = new u8(tl);
        var clt = new u8(19);
        for (var i2 = 0; i2 < hcLen; ++i2) {
          clt[clim[i2]] = bits(dat, pos + i2 * 3, 7);
        }
        pos += hcLen * 3;
        var clb = max(clt), clbmsk = (1 << clb) - 1;
        var clm = hMap(clt, clb, 1);
        for (var i2 = 0; i2 < tl; ) {
          var r = clm[bits(dat, pos, clbmsk)];
          pos += r & 15;
          var s = r >> 4;
          if (s < 16) {
            ldt[i2++] = s;
          } else {
            var c = 0, n = 0;
            if (s == 16)
              n = 3 + bits(dat, pos, 3), pos += 2, c = ldt[i2 - 1];
            else if (s == 17)
              n = 3 + bits(dat, pos, 7), pos += 3;
            else if (s == 18)
              n = 11 + bits(dat, pos, 127), pos += 7;
            while (n--)
              ldt[i2++] = c;
          }
        }
        var lt = ldt.subarray(0, hLit), dt = ldt.subarray(hLit);
        lbt = max(lt);
        dbt = max(dt);
        lm = hMap(lt, lbt, 1);
        dm = hMap(dt, dbt, 1);
      } else
        err(1);
      if (pos > tbts) {
        if (noSt)
          err(0);
        break;
      }
    }
    if (resize)
      cbuf(bt + 131072);
    var lms = (1 << lbt) - 1, dms = (1 << dbt) - 1;
    var lpos = pos;
    for (; ; lpos = pos) {
      var c = lm[bits16(dat, pos) & lms], sym = c >> 4;
      pos += c & 15;
      if (pos > tbts) {
        if (noSt)
          err(0);
        break;
      }
      if (!c)
        err(2);
      if (sym < 256)
        buf[bt++] = sym;
      else if (sym == 256) {
        lpos = pos, lm = null;
        break;
      } else {
        var add = sym - 254;
        if (sym > 264) {
          var i2 = sym - 257, b = fleb[i2];
          add = bits(dat, pos, (1 << b) - 1) + fl[i2];
          pos += b;
        }
        var d = dm[bits16(dat, pos) & dms], dsym = d >> 4;
        if (!d)
          err(3);
        pos += d & 15;
        var dt = fd[dsym];
        if (dsym > 3) {
          var b = fdeb[dsym];
          dt += bits16(dat, pos) & (1 << b) - 1, pos += b;
        }
        if (pos > tbts) {
          if (noSt)
            err(0);
          break;
        }
        if (resize)
          cbuf(bt + 131072);
        var end = bt + add;
        if (bt < dt) {
          var shift = dl - dt, dend = Math.min(dt, end);
          if (shift + bt < 0)
            err(3);
          for (; bt < dend; ++bt)
            buf[bt] = dict[shift + bt];
        }
        for (; bt < end; ++bt)
          buf[bt] = buf[bt - dt];
      }
    }
    st.l = lm, st.p = lpos, st.b = bt, st.f = final;
    if (lm)
      final = 1, st.m = lbt, st.d = dm, st.n = dbt;
  } while (!final);
  return bt != buf.length && noBuf ? slc(buf, 0, bt) : buf.subarray(0, bt);
};
var et = /* @__PURE__ */ new u8(0);
var Inflate = /* @__PURE__ */ (function() {
  function Inflate2(opts, cb) {
    if (typeof opts == "function")
      cb = opts, opts = {};
    this.ondata = cb;
    var dict = opts && opts.dictionary && opts.dictionary.subarray(-32768);
    this.s = { i: 0, b: dict ? dict.length : 0 };
    this.o = new u8(32768);
    this.p = new u8(0);
    if (dict)
      this.o.set(dict);
  }
  Inflate2.prototype.e = function(c) {
    if (!this.ondata)
      err(5);
    if (this.d)
      err(4);
    if (!this.p.length)
      this.p = c;
    else if (c.length) {
      var n = new u8(this.p.length + c.length);
      n.set(this.p), n.set(c, this.p.length), this.p = n;
    }
  };
  Inflate2.prototype.c = function(final) {
    this.s.i = +(this.d = final || false);
    var bts = this.s.b;
    var dt = inflt(this.p, this.s, this.o);
    this.ondata(slc(dt, bts, this.s.b), this.d);
    this.o = slc(dt, this.s.b - 32768), this.s.b = this.o.length;
    this.p = slc(this.p, this.s.p / 8 | 0), this.s.p &= 7;
  };
  Inflate2.prototype.push = function(chunk, final) {
    this.e(chunk), this.c(final);
  };
  return Inflate2;
})();
var td = typeof TextDecoder != "undefined" && /* @__PURE__ */ new TextDecoder();
var tds = 0;
try {
  td.decode(et, { stream: true });
  tds = 1;
} catch (e) {
}

// headstream/views/shared/wire/arrays.ts
var MOST_DEFLATED = 1032;
var LARGE = 2 ** 17;
var Damaged = class extends Error {
};
var BYTES2 = { uint8: 1, uint16: 2, int32: 4, float16: 2, float32: 4 };
function halfToFloat(bits2) {
  const sign = bits2 & 32768 ? -1 : 1;
  const exponent2 = bits2 >> 10 & 31;
  const fraction = bits2 & 1023;
  if (exponent2 === 0) return sign * fraction * 2 ** -24;
  if (exponent2 === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent2 - 15);
}
function decode(value, name, dtypes, axes) {
  const { shape, dtype, scale, bytes } = received(value, name, dtypes, axes);
  return { shape, data: typed(bytes, dtype, scale), half: dtype === "float16" };
}
function received(value, name, dtypes, axes) {
  const wire = value;
  if (typeof wire !== "object" || wire === null) throw new Damaged(`${name}: expected an array, got ${shown(value)}`);
  const { dtype, shape, scale, deflated, data } = wire;
  if (!dtypes.includes(dtype)) throw new Damaged(`${name}: expected ${dtypes.join(" or ")}, got ${shown(dtype)}`);
  const counts = Array.isArray(shape) && shape.every((size2) => Number.isInteger(size2) && size2 >= 0);
  if (!counts || shape.length !== axes) throw new Damaged(`${name}: expected ${axes} axes, got shape ${shown(shape)}`);
  if (!(data instanceof DataView)) throw new Damaged(`${name}: its bytes are missing`);
  const size = shape.reduce((product, count) => product * count, 1);
  const wanted = size * BYTES2[dtype];
  const fits2 = deflated ? wanted <= MOST_DEFLATED * data.byteLength : wanted === data.byteLength;
  if (!fits2 || shape.some((count) => count > Math.max(1, size))) {
    const came = deflated ? `${data.byteLength} deflated` : data.byteLength;
    throw new Damaged(`${name}: ${dtype} of shape [${shape}] takes ${wanted} bytes, ${came} came`);
  }
  const sent = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const bytes = deflated ? inflated(sent, wanted, name) : sent.slice();
  return { shape, dtype, scale, bytes: bytes.buffer };
}
function inflatedAhead(value) {
  const wire = value;
  const isLarge = wire?.deflated && wire.data instanceof DataView && wire.data.byteLength >= LARGE;
  return isLarge ? natively(wire).catch(() => value) : null;
}
async function natively(wire) {
  const { shape, dtype, data } = wire;
  const wanted = shape.reduce((product, count) => product * count, BYTES2[dtype]);
  if (!(wanted <= MOST_DEFLATED * data.byteLength)) return wire;
  const bytes = new Uint8Array(wanted);
  const sent = new ReadableStream({
    start(stream) {
      stream.enqueue(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      stream.close();
    }
  });
  const reader2 = sent.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let at = 0;
  for (let piece = await reader2.read(); !piece.done; piece = await reader2.read()) {
    bytes.set(piece.value, at);
    at += piece.value.length;
  }
  return at === wanted ? { ...wire, deflated: false, data: new DataView(bytes.buffer) } : wire;
}
function inflated(sent, wanted, name) {
  let at = 0;
  let bytes;
  const stream = new Inflate((piece) => {
    if (at + piece.length > wanted) throw new Damaged(`${name}: it inflates to more than ${wanted} bytes`);
    bytes.set(piece, at);
    at += piece.length;
  });
  const step = Math.min(2 ** 17, Math.max(2 ** 11, wanted >> 6));
  try {
    bytes = new Uint8Array(wanted);
    for (let start = 0; start < sent.length; start += step) {
      stream.push(sent.subarray(start, start + step), start + step >= sent.length);
    }
  } catch (error) {
    throw error instanceof Damaged ? error : new Damaged(`${name}: its bytes cannot be inflated`);
  }
  if (at < wanted) throw new Damaged(`${name}: it inflates to ${at} bytes instead of ${wanted}`);
  return bytes;
}
function numbersOf(length, value) {
  const out = new Float32Array(length);
  for (let i2 = 0; i2 < length; i2++) out[i2] = value(i2);
  return out;
}
var PROBABILITIES = numbersOf(256, (byte) => (byte / 255) ** 2);
function typed(bytes, dtype, scale) {
  switch (dtype) {
    case "uint8": {
      const codes = new Uint8Array(bytes);
      return scale === "sqrt" ? numbersOf(codes.length, (at) => PROBABILITIES[codes[at]]) : codes;
    }
    case "uint16":
      return new Uint16Array(bytes);
    case "int32":
      return new Int32Array(bytes);
    case "float32":
      return new Float32Array(bytes);
    case "float16": {
      const codes = new Uint16Array(bytes);
      return numbersOf(codes.length, (at) => halfToFloat(codes[at]));
    }
  }
}
function shown(value) {
  const text3 = typeof value === "string" ? `'${value}'` : JSON.stringify(value) ?? String(value);
  return text3.length > 60 ? `one ${typeof value}` : text3;
}

// headstream/views/shared/wire/readers.ts
function reader(expected, fits2) {
  return (value, name) => {
    if (!fits2(value)) throw new Damaged(`${name}: expected ${expected}, got ${shown(value)}`);
    return value;
  };
}
var isText = (value) => typeof value === "string";
var isWhole = (value) => Number.isInteger(value);
var text = reader("a text", isText);
var flag = reader("true or false", (value) => typeof value === "boolean");
var whole = reader("a whole number", isWhole);
var number = reader("a number", (value) => Number.isFinite(value));
var texts = reader(
  "a list of texts",
  (value) => Array.isArray(value) && value.every(isText)
);
var wholes = reader(
  "a list of whole numbers",
  (value) => Array.isArray(value) && value.every(isWhole)
);
var vocabulary = reader(
  "texts by token id",
  (value) => typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isText)
);
function array(dtypes, axes) {
  const allowed = typeof dtypes === "string" ? [dtypes] : dtypes;
  return (value, name) => decode(value, name, allowed, axes);
}
function fits(name, shape, expected) {
  if (shape.length !== expected.length || shape.some((size, axis) => size !== expected[axis])) {
    throw new Damaged(`${name}: expected shape [${expected}], got [${shape}]`);
  }
}

// headstream/views/shared/frame/layout.ts
var LAID_OUT = "headstream:laid-out";
var waiting = /* @__PURE__ */ new Set();
var observer = null;
function afterLayout(run) {
  waiting.add(run);
  observer ??= observing();
  observer.observe(document.documentElement);
}
function observing() {
  document.addEventListener(LAID_OUT, runAll);
  return new ResizeObserver((_, observed) => {
    observed.disconnect();
    runAll();
  });
}
function runAll() {
  const runs = [...waiting];
  waiting.clear();
  for (const run of runs) run();
}

// headstream/views/shared/frame/lecture.ts
var NORMAL = 13;
var LARGE2 = 22;
var AROUND = { "--jp-code-font-size": 1, "--jp-content-font-size1": 1, "--jp-cell-prompt-width": 5 };
var NARROWEST = 68;
var SharedLecture = class {
  constructor(owner, host, signal, changed) {
    this.owner = owner;
    this.host = host;
    this.signal = signal;
    this.changed = changed;
  }
  owner;
  host;
  signal;
  changed;
  model = null;
  /** Resolves when the model has been found, or is known to be missing: then the view's own size is all there is. */
  async follow() {
    let model;
    try {
      model = await this.host.getModel(this.owner.get("lecture"));
    } catch {
      return;
    }
    if (this.signal.aborted) return;
    this.model = model;
    model.on("change:font_size", this.changed);
    this.signal.addEventListener("abort", () => model.off("change:font_size", this.changed));
    if (this.least) this.changed();
  }
  get least() {
    return this.model?.get("font_size") ?? 0;
  }
  /** The size of a view's type, whose own is given. */
  fontSize(own) {
    return Math.max(own, this.least);
  }
  /** What the notebook around a view prints is as large as the views, where a hundred characters of it fit on a line. */
  sizeAround(view) {
    const notebook = view.closest(".jp-Notebook");
    if (!notebook || !this.model) return;
    const fitting = Math.floor(notebook.clientWidth / NARROWEST);
    const size = Math.max(NORMAL, Math.min(this.least, fitting));
    const large = this.least > NORMAL;
    notebook.toggleAttribute("data-hs-lecture", large);
    for (const [name, times] of Object.entries(AROUND)) {
      const wanted = large ? `${times * size}px` : "";
      if (notebook.style.getPropertyValue(name) !== wanted) notebook.style.setProperty(name, wanted);
    }
  }
  /** For the whole notebook; for this view where it stands alone. */
  toggle() {
    if (this.model) this.model.set("font_size", this.least ? null : LARGE2);
    else this.owner.set("font_size", this.owner.get("font_size") >= LARGE2 ? NORMAL : LARGE2);
    (this.model ?? this.owner).save_changes();
  }
};

// headstream/views/shared/parts/controls.ts
function action(label, name, run) {
  const word = /\p{L}/u.test(label) && !name.toLowerCase().includes(label.toLowerCase());
  const spoken = word ? `${label}: ${name}` : name;
  const attributes = { type: "button", "aria-label": spoken, title: name, "data-key": `action-${name}` };
  const button = element("button", "hs-button", attributes, label);
  button.addEventListener("click", run);
  return button;
}

// headstream/views/shared/frame/save.ts
var PAINTED = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "paint-order",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor"
];
var MARGIN = 12;
function toSvg(root, background) {
  const inner = root.getBoundingClientRect();
  const frame = new DOMRect(inner.x - MARGIN, inner.y - MARGIN, inner.width + 2 * MARGIN, inner.height + 2 * MARGIN);
  const out = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width: frame.width,
    height: frame.height,
    viewBox: `0 0 ${frame.width} ${frame.height}`
  });
  out.append(svg("rect", { width: frame.width, height: frame.height, fill: background }));
  copy(root, out, frame, frame);
  return out;
}
function seen(box, sight) {
  const [x2, y] = [Math.max(box.left, sight.left), Math.max(box.top, sight.top)];
  return new DOMRect(x2, y, Math.min(box.right, sight.right) - x2, Math.min(box.bottom, sight.bottom) - y);
}
function copy(node, out, frame, around) {
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || box.width === 0 || box.height === 0) return;
  if (node.hasAttribute("data-hs-unsaved")) return;
  const left = seen(box, around);
  if (left.width <= 0 || left.height <= 0) return;
  if (node instanceof HTMLCanvasElement && left.width * left.height < 0.5 * box.width * box.height) return;
  const sight = style.overflowY === "visible" ? around : left;
  const x2 = box.left - frame.left;
  const y = box.top - frame.top;
  if (node instanceof HTMLCanvasElement) {
    const href = node.toDataURL("image/png");
    const place = { x: x2, y, width: box.width, height: box.height, preserveAspectRatio: "none" };
    out.append(
      svg("image", { ...place, href, opacity: style.opacity, style: `image-rendering:${style.imageRendering}` })
    );
    return;
  }
  if (node instanceof SVGSVGElement) {
    const copied = node.cloneNode(true);
    const originals = node.querySelectorAll("*");
    copied.querySelectorAll("*").forEach((child, index) => {
      const computed = getComputedStyle(originals[index]);
      for (const name of PAINTED) child.setAttribute(name, computed.getPropertyValue(name));
      child.removeAttribute("style");
    });
    for (const [name, value] of Object.entries({ x: x2, y, width: box.width, height: box.height })) {
      copied.setAttribute(name, String(value));
    }
    out.append(copied);
    return;
  }
  paintBox(style, x2, y, box, out);
  for (const child of node.childNodes) {
    if (child instanceof Element) copy(child, out, frame, sight);
    else if (child instanceof Text) paintText(child, style, out, frame, sight);
  }
}
function paintBox(style, x2, y, box, out) {
  const filled2 = !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor);
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
  if (filled2) {
    out.append(svg("rect", { x: x2, y, width: box.width, height: box.height, rx: radius, fill: style.backgroundColor }));
  }
  const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
  const sides = [
    [style.borderTopWidth, style.borderTopStyle, style.borderTopColor, x2, y, x2 + box.width, y],
    [
      style.borderBottomWidth,
      style.borderBottomStyle,
      style.borderBottomColor,
      x2,
      y + box.height,
      x2 + box.width,
      y + box.height
    ],
    [style.borderLeftWidth, style.borderLeftStyle, style.borderLeftColor, x2, y, x2, y + box.height],
    [
      style.borderRightWidth,
      style.borderRightStyle,
      style.borderRightColor,
      x2 + box.width,
      y,
      x2 + box.width,
      y + box.height
    ]
  ];
  for (const [width, kind, stroke, x1, y1, x22, y2] of sides) {
    if (kind !== "none" && Number.parseFloat(width) > 0)
      out.append(svg("line", { x1, y1, x2: x22, y2, stroke, "stroke-width": width }));
  }
  if (outlined) {
    const attributes = {
      x: x2,
      y,
      width: box.width,
      height: box.height,
      rx: radius,
      fill: "none",
      stroke: style.outlineColor
    };
    out.append(svg("rect", { ...attributes, "stroke-width": style.outlineWidth }));
  }
}
function paintText(text3, style, out, frame, sight) {
  for (const { content, left, baseline } of lines(text3, Number.parseFloat(style.fontSize))) {
    if (baseline < sight.top || baseline > sight.bottom) continue;
    const attributes = {
      x: left - frame.left,
      y: baseline - frame.top,
      ...filled(style.color),
      "font-family": style.fontFamily,
      "font-size": style.fontSize,
      "font-weight": style.fontWeight,
      "font-style": style.fontStyle,
      "xml:space": "preserve"
    };
    out.append(svg("text", attributes, content));
  }
}
function filled(color2) {
  const [red, green, blue, alpha] = channelsOf(color2) ?? [0, 0, 0, 1];
  const fill = `rgb(${[red, green, blue].map(Math.round).join(", ")})`;
  return { fill, "fill-opacity": alpha < 1 ? alpha : void 0 };
}
function lines(text3, fontSize) {
  const result = [];
  const range = document.createRange();
  let offset = 0;
  for (const character of text3.data) {
    range.setStart(text3, offset);
    offset += character.length;
    range.setEnd(text3, offset);
    const box = range.getClientRects()[0];
    if (!box || box.width === 0) continue;
    const last = result.at(-1);
    if (last && Math.abs(last.top - box.top) < 2) last.content += character;
    else
      result.push({
        content: character,
        left: box.left,
        top: box.top,
        baseline: box.top + box.height / 2 + 0.34 * fontSize
      });
  }
  return result;
}
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1e3);
}
function source(root, background) {
  const text3 = new XMLSerializer().serializeToString(toSvg(root, background));
  return text3.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "�");
}
function saveSvg(root, background, name) {
  download(new Blob([source(root, background)], { type: "image/svg+xml" }), `${name}.svg`);
}
async function savePng(root, background, name) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source(root, background))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve));
  if (blob) download(blob, `${name}.png`);
}

// headstream/views/shared/frame/menu.ts
function menu(traits, lecture, root, figure, name) {
  const background = () => getComputedStyle(root).getPropertyValue("--hs-paper").trim();
  const list = element(
    "div",
    "hs-menu-list",
    {},
    action("Lecture size", "Larger or normal type in the whole notebook", () => lecture.toggle()),
    action("Whole view", "The whole view, or no more than the window holds", () => {
      traits.set({ whole: !traits.now.whole });
    }),
    action("Save as SVG", "Save the picture as SVG", () => saveSvg(figure, background(), name)),
    action("Save as PNG", "Save the picture as PNG", () => void savePng(figure, background(), name))
  );
  const summary = element("summary", "hs-button", { "aria-label": "More", "data-key": "menu" }, "⋯");
  const details = element("details", "hs-menu", {}, summary, list);
  details.addEventListener("focusout", (event) => {
    if (!details.contains(event.relatedTarget)) details.open = false;
  });
  list.addEventListener("click", () => {
    details.open = false;
  });
  return details;
}

// headstream/views/shared/frame/room.ts
var BEGINS = { little: 0, some: 24, much: 44, plenty: 60 };
function roomFor(width, fontSize) {
  const ems = width / fontSize;
  return ems < BEGINS.some ? "little" : ems < BEGINS.much ? "some" : ems < BEGINS.plenty ? "much" : "plenty";
}

// headstream/views/shared/selection.json
var selection_default = {
  layer: "the block",
  head: "a head of it",
  position: "the place where the stream is read, and from which a head attends (the query)",
  key: "the source position that a head attends to",
  token: "a vocabulary id",
  feature: "a feature's number in its dictionary",
  step: "a step of training",
  to_layer: "the block at the second end of an edge",
  to_head: "the head at the second end of an edge"
};

// headstream/views/shared/frame/selection.ts
var FIELDS = Object.keys(selection_default);
var EMPTY = Object.fromEntries(FIELDS.map((field) => [field, null]));
var PREVIEW = "headstream:preview";
function ownPins(changed) {
  const kept = { ...EMPTY };
  return {
    get: (field) => kept[field],
    set: (field, value) => {
      kept[field] = value;
    },
    save_changes: changed
  };
}
var SharedSelection = class {
  constructor(owner, host, signal, changed, sizes = {}) {
    this.owner = owner;
    this.host = host;
    this.signal = signal;
    this.changed = changed;
    this.sizes = sizes;
    this.pins = ownPins(() => this.schedule());
    const listen = (event) => {
      const { ref, part: part2 } = event.detail;
      if (ref !== this.owner.get("selection")) return;
      this.hover = part2;
      this.schedule();
    };
    document.addEventListener(PREVIEW, listen, { signal });
    owner.on("change:selection", this.follow);
    signal.addEventListener("abort", () => {
      cancelAnimationFrame(this.frame);
      owner.off("change:selection", this.follow);
      this.unfollow();
    });
  }
  owner;
  host;
  signal;
  changed;
  sizes;
  model = null;
  pins;
  hover = null;
  frame = 0;
  generation = 0;
  /** Resolves when the selection's model has been found, or is known to be missing: then pins stay in this view. */
  follow = async () => {
    this.generation += 1;
    const generation = this.generation;
    let model;
    try {
      model = await this.host.getModel(this.owner.get("selection"));
    } catch {
      model = null;
    }
    if (generation !== this.generation || this.signal.aborted) return;
    this.unfollow();
    this.model = model;
    this.pins = model ?? ownPins(() => this.schedule());
    for (const field of FIELDS) model?.on(`change:${field}`, this.schedule);
    this.hover = null;
    this.schedule();
  };
  unfollow() {
    for (const field of FIELDS) this.model?.off(`change:${field}`, this.schedule);
    this.model = null;
  }
  schedule = () => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.changed();
    });
  };
  /** Whether a change is still to be shown. */
  get pending() {
    return this.frame !== 0;
  }
  inRange(selection) {
    const result = { ...selection };
    for (const field of FIELDS) {
      const value = result[field];
      const size = this.sizes[field];
      if (value !== null && size !== void 0 && !(value >= 0 && value < size)) result[field] = null;
    }
    return result;
  }
  /** What is pinned. */
  pinned() {
    const result = { ...EMPTY };
    for (const field of FIELDS) result[field] = this.pins.get(field) ?? null;
    return this.inRange(result);
  }
  /** What is shown: the preview where there is one, else what is pinned. */
  current() {
    const pinned = this.pinned();
    if (!this.hover) return pinned;
    const merged = this.inRange({ ...EMPTY, ...this.hover });
    for (const field of FIELDS) {
      const given = this.hover[field];
      if (given === void 0 || given !== null && merged[field] === null) merged[field] = pinned[field];
    }
    return merged;
  }
  get previewing() {
    return this.hover !== null;
  }
  preview(part2) {
    const detail = { ref: this.owner.get("selection"), part: part2 };
    document.dispatchEvent(new CustomEvent(PREVIEW, { detail }));
  }
  pin(part2) {
    for (const field of FIELDS) {
      const value = part2[field];
      if (value !== void 0) this.pins.set(field, value);
    }
    this.pins.save_changes();
    this.preview(null);
  }
  clear() {
    this.pin(EMPTY);
  }
};

// headstream/views/shared/frame/sight.ts
var AROUND2 = 40;
var TALL = "100000px";
function scrollerOf(element2) {
  const boxes = [];
  for (let node = above(element2); node && node !== document.body; node = above(node)) {
    if (/auto|scroll/.test(getComputedStyle(node).overflowY)) boxes.push(node);
  }
  const before = boxes.map((box) => box.clientHeight);
  element2.style.minHeight = TALL;
  const fixed2 = boxes.filter((box, index) => box.clientHeight > 0 && box.clientHeight === before[index]);
  element2.style.minHeight = "";
  return fixed2.at(-1) ?? null;
}
function heightInSight(scroller) {
  const framed = window.top !== window;
  const height = scroller?.clientHeight ?? (framed ? 0.8 * screen.availHeight : window.innerHeight);
  return height > 0 ? Math.max(0, height - AROUND2) : null;
}

// headstream/views/shared/frame/traits.ts
var Traits = class {
  /** `changed` is called for every change of a trait, wherever it came from. */
  constructor(model, readers, signal, changed) {
    this.model = model;
    this.readers = readers;
    this.now = Object.defineProperties(
      {},
      Object.fromEntries(Object.keys(readers).map((name) => [name, { enumerable: true, get: () => this.get(name) }]))
    );
    for (const name of Object.keys(readers)) {
      const listener = () => {
        this.read.delete(name);
        changed(name);
      };
      model.on(`change:${name}`, listener);
      signal.addEventListener("abort", () => model.off(`change:${name}`, listener));
    }
  }
  model;
  readers;
  /** What the model holds, read. Throws Damaged for a trait that cannot be. */
  now;
  read = /* @__PURE__ */ new Map();
  /** Large arrays that came deflated: `whole` is the same until it is inflated. */
  ahead = /* @__PURE__ */ new Map();
  /** Resolves when the large arrays that have come are inflated; null where there are none. One that is read before is inflated by then. */
  inflating() {
    for (const name of Object.keys(this.readers)) {
      const sent = this.model.get(name);
      if (this.read.has(name) || this.ahead.get(name)?.sent === sent) continue;
      const inflated2 = inflatedAhead(sent)?.then((whole2) => void Object.assign(one2, { whole: whole2, coming: null }));
      const one2 = { sent, whole: sent, coming: inflated2 ?? null };
      if (inflated2) this.ahead.set(name, one2);
    }
    const coming = [...this.ahead.values()].flatMap((one2) => one2.coming ?? []);
    return coming.length ? Promise.all(coming) : null;
  }
  get(name) {
    if (!this.read.has(name)) {
      const sent = this.model.get(name);
      const ahead = this.ahead.get(name);
      this.ahead.delete(name);
      this.read.set(name, this.readers[name](ahead?.sent === sent ? ahead?.whole : sent, name));
    }
    return this.read.get(name);
  }
  /** Sets traits on the page only, as while a slider is dragged. */
  try(values) {
    for (const [name, value] of Object.entries(values)) this.model.set(name, value);
  }
  /** Sets traits, and tells Python. */
  set(values) {
    this.try(values);
    this.model.save_changes();
  }
};

// headstream/views/shared/frame/view.ts
var COMMON = { title: text, font_size: number, whole: flag };
var LEAST = 14;
var LOW = 34;
var THEME_ATTRIBUTES = ["class", "style", "theme", "data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];
function defineView({ name, readers, structure, create: create2 }) {
  return {
    async render({ model, el, host, signal }) {
      const heading = element("div", "hs-title");
      const picture = element("div", "hs-picture");
      const readout = element("div", "hs-readout", { role: "status", "aria-live": "polite", tabindex: -1 });
      const legend = element("div", "hs-legend");
      const controls = element("div", "hs-controls", { "data-hs-unsaved": true });
      const figure = element("div", "hs-figure", {}, heading, picture, legend, readout);
      const root = element("div", `headstream hs-${name}`, { role: "figure" }, figure, controls);
      el.append(root);
      let built = null;
      let drawn = false;
      let measured = false;
      let pending = 0;
      let onPage = false;
      let scroller;
      const clearing = [];
      const schedule = () => {
        cancelAnimationFrame(pending);
        pending = requestAnimationFrame(refresh);
        busy();
      };
      const remeasure = () => {
        measured = false;
        schedule();
      };
      const busy = () => root.toggleAttribute("data-busy", pending !== 0 || selection.pending);
      const select = () => {
        if (drawn && pending === 0) view.select(selection.current(), selection.pinned());
        busy();
      };
      const selection = new SharedSelection(model, host, signal, select);
      const lecture = new SharedLecture(model, host, signal, remeasure);
      const common = new Traits(model, COMMON, signal, remeasure);
      const traits = new Traits(model, readers, signal, schedule);
      const frame = {
        traits: traits.now,
        set: (values) => traits.set(values),
        attempt: (values) => traits.try(values),
        picture,
        controls,
        legend,
        selection,
        host,
        model,
        signal,
        theme: "light",
        fontSize: 13,
        width: 0,
        height: null,
        room: "much",
        heightLeft() {
          const left = frame.height === null ? null : leftOf(frame.height);
          const written = left === null ? "none" : `${left}px`;
          if (root.style.getPropertyValue("--hs-left") !== written) root.style.setProperty("--hs-left", written);
          return left;
        },
        fit: () => afterLayout(fit),
        title(text3) {
          const wanted = plain(common.now.title || text3);
          if (heading.textContent === wanted) return;
          writeSentence(heading, wanted);
          root.setAttribute("aria-label", wanted);
        },
        say(text3) {
          if (readout.textContent !== text3) writeSentence(readout, text3);
        },
        onClear: (run) => clearing.push(run),
        reselect: select
      };
      function leftOf(height2) {
        const others = root.getBoundingClientRect().height - picture.getBoundingClientRect().height;
        return Math.floor(Math.max(LEAST * frame.fontSize, height2 - others));
      }
      function fit() {
        const left = frame.heightLeft();
        picture.toggleAttribute("data-scrolled", left !== null && picture.scrollHeight > left);
      }
      function measure() {
        frame.theme = themeOf(el);
        lecture.sizeAround(root);
        frame.fontSize = Number(el.dataset.hsFontSize ?? lecture.fontSize(common.now.font_size));
        root.dataset.theme = frame.theme;
        root.style.setProperty("--headstream-font-size", `${frame.fontSize}px`);
        frame.width = Math.floor(root.clientWidth);
        measured = frame.width > 0;
        if (measured) frame.height = height();
        frame.room = roomFor(frame.width, frame.fontSize);
        root.dataset.room = frame.room;
        root.toggleAttribute("data-low", frame.height !== null && frame.height < LOW * frame.fontSize);
      }
      function height() {
        const { hsHeight } = el.dataset;
        if (hsHeight !== void 0) return hsHeight === WHOLE ? null : Number(hsHeight);
        if (scroller === void 0) {
          scroller = scrollerOf(root);
          if (scroller) resize.observe(scroller);
        }
        return common.now.whole ? null : heightInSight(scroller);
      }
      function draw() {
        drawn = false;
        if (!measured) measure();
        if (!measured) return;
        const wanted = JSON.stringify([frame.width, frame.height, frame.fontSize, structure(traits.now)]);
        if (wanted !== built) {
          built = null;
          view.build();
        }
        view.paint();
        frame.fit();
        built = wanted;
        drawn = true;
      }
      function refresh() {
        const inflating = traits.inflating();
        if (inflating) {
          inflating.then(() => signal.aborted || schedule());
          return;
        }
        pending = 0;
        try {
          keepingFocus(root, draw);
        } catch (error) {
          if (!(error instanceof Damaged)) throw error;
          built = null;
          const sentence = `This view cannot be drawn, for what was saved of it is damaged: ${plain(error.message)}.`;
          picture.replaceChildren(element("p", "hs-damaged", { role: "alert" }, sentence));
          legend.replaceChildren();
        }
        select();
      }
      const view = create2(frame);
      controls.append(menu(common, lecture, root, figure, name));
      const resized = () => {
        const width = Math.floor(root.clientWidth);
        if (width !== frame.width || width > 0 && height() !== frame.height) remeasure();
      };
      const resize = new ResizeObserver(() => {
        arrive();
        resized();
      });
      resize.observe(root);
      window.addEventListener("resize", resized, { signal });
      const shaded = () => {
        if (themeOf(el) !== frame.theme) remeasure();
      };
      const theme = new MutationObserver(shaded);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", shaded, { signal });
      const arrival = new MutationObserver(() => {
        arrive();
        if (onPage) remeasure();
      });
      arrival.observe(document, { childList: true, subtree: true });
      arrive();
      function arrive() {
        if (onPage || !el.isConnected) return;
        onPage = true;
        arrival.disconnect();
        for (let node = above(el); node; node = above(node)) {
          if (node.getRootNode() === document && node !== document.body && node !== document.documentElement) continue;
          theme.observe(node, { attributes: true, attributeFilter: THEME_ATTRIBUTES });
        }
      }
      const arranged2 = new MutationObserver(remeasure);
      arranged2.observe(el, { attributes: true, attributeFilter: ARRANGED });
      root.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        for (const run of clearing) run();
        selection.clear();
        event.stopPropagation();
      });
      root.addEventListener("pointerleave", () => selection.preview(null));
      signal.addEventListener("abort", () => {
        cancelAnimationFrame(pending);
        resize.disconnect();
        theme.disconnect();
        arrival.disconnect();
        arranged2.disconnect();
        root.remove();
      });
      await traits.inflating();
      if (signal.aborted) return;
      refresh();
      await Promise.all([selection.follow(), lecture.follow()]);
    }
  };
}
var ARRANGED = ["data-hs-height", "data-hs-font-size"];
var WHOLE = "whole";

// headstream/views/shared/draw/raster.ts
function paintRaster(canvas, columns, places, rgb2) {
  const rows = places.length / columns;
  if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows });
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(canvas.width, canvas.height);
  for (let i2 = 0; i2 < places.length; i2++) {
    const place = places[i2];
    if (Number.isNaN(place)) continue;
    const color2 = 3 * Math.round(255 * Math.min(1, Math.max(0, place)));
    image.data[4 * i2] = rgb2[color2];
    image.data[4 * i2 + 1] = rgb2[color2 + 1];
    image.data[4 * i2 + 2] = rgb2[color2 + 2];
    image.data[4 * i2 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

// headstream/views/shared/draw/legend.ts
function scaleLegend(theme, scale, name, ticks2) {
  const bar = element("canvas", "hs-legend-bar");
  paintRaster(
    bar,
    256,
    Float64Array.from({ length: 256 }, (_, step) => step / 255),
    ramp(theme, scale).rgb
  );
  const marks = ticks2.map(({ at, label }) => {
    const style = `left:${100 * at}%;transform:translateX(${at <= 0 ? 0 : at >= 1 ? -100 : -50}%)`;
    return element("span", "hs-legend-tick", { style }, label);
  });
  return element(
    "span",
    "hs-legend-scale",
    {},
    element("span", "hs-quiet", {}, name),
    element("span", "hs-legend-body", {}, bar, ...marks)
  );
}

// headstream/views/shared/draw/encoding.ts
function encode(quantity, theme) {
  const { css, ink, rgb: rgb2 } = ramp(theme, quantity.scale);
  return {
    rgb: rgb2,
    place: quantity.place,
    color: (value) => css(quantity.place(value)),
    ink: (value) => ink(quantity.place(value)),
    legend: () => scaleLegend(theme, quantity.scale, quantity.name, quantity.ticks)
  };
}

// headstream/views/shared/draw/plot.ts
function plot(width, height, margin) {
  const axes = svg("g", { class: "hs-axes" });
  const marks = svg("g", { class: "hs-marks" });
  return {
    root: svg("svg", { class: "hs-plot", width, height }, axes, marks),
    x: [margin.left, width - margin.right],
    y: [height - margin.bottom, margin.top],
    axes,
    marks
  };
}
function drawAxis({ axes, x: x2, y }, { side, ticks: ticks2, gap, fontSize, rules, name }) {
  const across = side === "left";
  const outside = side === "left" ? x2[0] - gap : side === "top" ? y[1] - gap : y[0] + gap;
  const baseline = { top: "auto", bottom: "hanging", left: "central" }[side];
  for (const { at, label } of across ? ticks2 : readable(ticks2, 0.6 * fontSize)) {
    if (rules) {
      const ends = across ? { x1: x2[0], x2: x2[1], y1: at, y2: at } : { x1: at, x2: at, y1: y[0], y2: y[1] };
      axes.append(svg("line", { class: "hs-rule", ...ends }));
    }
    const place = across ? { x: outside, y: at, "text-anchor": "end" } : { x: at, y: outside, "text-anchor": "middle" };
    axes.append(svg("text", { class: "hs-tick", ...place, "dominant-baseline": baseline }, label));
  }
  if (name) {
    const place = across ? { x: x2[0], y: y[1] - 0.6 * fontSize } : { x: x2[0], y: outside + (side === "top" ? -1.4 : 1.85) * fontSize };
    axes.append(svg("text", { class: "hs-axis-name", ...place }, name));
  }
}
function readable(ticks2, character) {
  const kept = [];
  for (const tick of [...ticks2].sort((a, b) => a.at - b.at)) {
    const last = kept.at(-1);
    const half = ({ label }) => 0.5 * [...label].length * character;
    if (!last || tick.at - last.at >= half(last) + half(tick) + character) kept.push(tick);
  }
  return kept;
}
function decimalsOfStep(step) {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

// node_modules/d3-array/src/ascending.js
function ascending(a, b) {
  return a == null || b == null ? NaN : a < b ? -1 : a > b ? 1 : a >= b ? 0 : NaN;
}

// node_modules/d3-array/src/descending.js
function descending(a, b) {
  return a == null || b == null ? NaN : b < a ? -1 : b > a ? 1 : b >= a ? 0 : NaN;
}

// node_modules/d3-array/src/bisector.js
function bisector(f) {
  let compare1, compare2, delta;
  if (f.length !== 2) {
    compare1 = ascending;
    compare2 = (d, x2) => ascending(f(d), x2);
    delta = (d, x2) => f(d) - x2;
  } else {
    compare1 = f === ascending || f === descending ? f : zero2;
    compare2 = f;
    delta = f;
  }
  function left(a, x2, lo = 0, hi = a.length) {
    if (lo < hi) {
      if (compare1(x2, x2) !== 0) return hi;
      do {
        const mid = lo + hi >>> 1;
        if (compare2(a[mid], x2) < 0) lo = mid + 1;
        else hi = mid;
      } while (lo < hi);
    }
    return lo;
  }
  function right(a, x2, lo = 0, hi = a.length) {
    if (lo < hi) {
      if (compare1(x2, x2) !== 0) return hi;
      do {
        const mid = lo + hi >>> 1;
        if (compare2(a[mid], x2) <= 0) lo = mid + 1;
        else hi = mid;
      } while (lo < hi);
    }
    return lo;
  }
  function center(a, x2, lo = 0, hi = a.length) {
    const i2 = left(a, x2, lo, hi - 1);
    return i2 > lo && delta(a[i2 - 1], x2) > -delta(a[i2], x2) ? i2 - 1 : i2;
  }
  return { left, center, right };
}
function zero2() {
  return 0;
}

// node_modules/d3-array/src/number.js
function number2(x2) {
  return x2 === null ? NaN : +x2;
}

// node_modules/d3-array/src/bisect.js
var ascendingBisect = bisector(ascending);
var bisectRight = ascendingBisect.right;
var bisectLeft = ascendingBisect.left;
var bisectCenter = bisector(number2).center;
var bisect_default = bisectRight;

// node_modules/d3-array/src/ticks.js
var e10 = Math.sqrt(50);
var e5 = Math.sqrt(10);
var e2 = Math.sqrt(2);
function tickSpec(start, stop, count) {
  const step = (stop - start) / Math.max(0, count), power2 = Math.floor(Math.log10(step)), error = step / Math.pow(10, power2), factor = error >= e10 ? 10 : error >= e5 ? 5 : error >= e2 ? 2 : 1;
  let i1, i2, inc;
  if (power2 < 0) {
    inc = Math.pow(10, -power2) / factor;
    i1 = Math.round(start * inc);
    i2 = Math.round(stop * inc);
    if (i1 / inc < start) ++i1;
    if (i2 / inc > stop) --i2;
    inc = -inc;
  } else {
    inc = Math.pow(10, power2) * factor;
    i1 = Math.round(start / inc);
    i2 = Math.round(stop / inc);
    if (i1 * inc < start) ++i1;
    if (i2 * inc > stop) --i2;
  }
  if (i2 < i1 && 0.5 <= count && count < 2) return tickSpec(start, stop, count * 2);
  return [i1, i2, inc];
}
function ticks(start, stop, count) {
  stop = +stop, start = +start, count = +count;
  if (!(count > 0)) return [];
  if (start === stop) return [start];
  const reverse = stop < start, [i1, i2, inc] = reverse ? tickSpec(stop, start, count) : tickSpec(start, stop, count);
  if (!(i2 >= i1)) return [];
  const n = i2 - i1 + 1, ticks2 = new Array(n);
  if (reverse) {
    if (inc < 0) for (let i3 = 0; i3 < n; ++i3) ticks2[i3] = (i2 - i3) / -inc;
    else for (let i3 = 0; i3 < n; ++i3) ticks2[i3] = (i2 - i3) * inc;
  } else {
    if (inc < 0) for (let i3 = 0; i3 < n; ++i3) ticks2[i3] = (i1 + i3) / -inc;
    else for (let i3 = 0; i3 < n; ++i3) ticks2[i3] = (i1 + i3) * inc;
  }
  return ticks2;
}
function tickIncrement(start, stop, count) {
  stop = +stop, start = +start, count = +count;
  return tickSpec(start, stop, count)[2];
}
function tickStep(start, stop, count) {
  stop = +stop, start = +start, count = +count;
  const reverse = stop < start, inc = reverse ? tickIncrement(stop, start, count) : tickIncrement(start, stop, count);
  return (reverse ? -1 : 1) * (inc < 0 ? 1 / -inc : inc);
}

// node_modules/d3-scale/src/init.js
function initRange(domain, range) {
  switch (arguments.length) {
    case 0:
      break;
    case 1:
      this.range(domain);
      break;
    default:
      this.range(range).domain(domain);
      break;
  }
  return this;
}

// node_modules/d3-scale/src/constant.js
function constants(x2) {
  return function() {
    return x2;
  };
}

// node_modules/d3-scale/src/number.js
function number3(x2) {
  return +x2;
}

// node_modules/d3-scale/src/continuous.js
var unit = [0, 1];
function identity(x2) {
  return x2;
}
function normalize(a, b) {
  return (b -= a = +a) ? function(x2) {
    return (x2 - a) / b;
  } : constants(isNaN(b) ? NaN : 0.5);
}
function clamper(a, b) {
  var t;
  if (a > b) t = a, a = b, b = t;
  return function(x2) {
    return Math.max(a, Math.min(b, x2));
  };
}
function bimap(domain, range, interpolate) {
  var d0 = domain[0], d1 = domain[1], r0 = range[0], r1 = range[1];
  if (d1 < d0) d0 = normalize(d1, d0), r0 = interpolate(r1, r0);
  else d0 = normalize(d0, d1), r0 = interpolate(r0, r1);
  return function(x2) {
    return r0(d0(x2));
  };
}
function polymap(domain, range, interpolate) {
  var j = Math.min(domain.length, range.length) - 1, d = new Array(j), r = new Array(j), i2 = -1;
  if (domain[j] < domain[0]) {
    domain = domain.slice().reverse();
    range = range.slice().reverse();
  }
  while (++i2 < j) {
    d[i2] = normalize(domain[i2], domain[i2 + 1]);
    r[i2] = interpolate(range[i2], range[i2 + 1]);
  }
  return function(x2) {
    var i3 = bisect_default(domain, x2, 1, j) - 1;
    return r[i3](d[i3](x2));
  };
}
function copy2(source2, target) {
  return target.domain(source2.domain()).range(source2.range()).interpolate(source2.interpolate()).clamp(source2.clamp()).unknown(source2.unknown());
}
function transformer() {
  var domain = unit, range = unit, interpolate = value_default, transform, untransform, unknown, clamp = identity, piecewise2, output, input;
  function rescale() {
    var n = Math.min(domain.length, range.length);
    if (clamp !== identity) clamp = clamper(domain[0], domain[n - 1]);
    piecewise2 = n > 2 ? polymap : bimap;
    output = input = null;
    return scale;
  }
  function scale(x2) {
    return x2 == null || isNaN(x2 = +x2) ? unknown : (output || (output = piecewise2(domain.map(transform), range, interpolate)))(transform(clamp(x2)));
  }
  scale.invert = function(y) {
    return clamp(untransform((input || (input = piecewise2(range, domain.map(transform), number_default)))(y)));
  };
  scale.domain = function(_) {
    return arguments.length ? (domain = Array.from(_, number3), rescale()) : domain.slice();
  };
  scale.range = function(_) {
    return arguments.length ? (range = Array.from(_), rescale()) : range.slice();
  };
  scale.rangeRound = function(_) {
    return range = Array.from(_), interpolate = round_default, rescale();
  };
  scale.clamp = function(_) {
    return arguments.length ? (clamp = _ ? true : identity, rescale()) : clamp !== identity;
  };
  scale.interpolate = function(_) {
    return arguments.length ? (interpolate = _, rescale()) : interpolate;
  };
  scale.unknown = function(_) {
    return arguments.length ? (unknown = _, scale) : unknown;
  };
  return function(t, u) {
    transform = t, untransform = u;
    return rescale();
  };
}
function continuous() {
  return transformer()(identity, identity);
}

// node_modules/d3-format/dist/d3-format.mjs
function formatDecimal(x2) {
  return Math.abs(x2 = Math.round(x2)) >= 1e21 ? x2.toLocaleString("en").replace(/,/g, "") : x2.toString(10);
}
function formatDecimalParts(x2, p) {
  if (!isFinite(x2) || x2 === 0) return null;
  var i2 = (x2 = p ? x2.toExponential(p - 1) : x2.toExponential()).indexOf("e"), coefficient = x2.slice(0, i2);
  return [
    coefficient.length > 1 ? coefficient[0] + coefficient.slice(2) : coefficient,
    +x2.slice(i2 + 1)
  ];
}
function exponent(x2) {
  return x2 = formatDecimalParts(Math.abs(x2)), x2 ? x2[1] : NaN;
}
function formatGroup(grouping, thousands) {
  return function(value, width) {
    var i2 = value.length, t = [], j = 0, g = grouping[0], length = 0;
    while (i2 > 0 && g > 0) {
      if (length + g + 1 > width) g = Math.max(1, width - length);
      t.push(value.substring(i2 -= g, i2 + g));
      if ((length += g + 1) > width) break;
      g = grouping[j = (j + 1) % grouping.length];
    }
    return t.reverse().join(thousands);
  };
}
function formatNumerals(numerals) {
  return function(value) {
    return value.replace(/[0-9]/g, function(i2) {
      return numerals[+i2];
    });
  };
}
var re = /^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;
function formatSpecifier(specifier) {
  if (!(match = re.exec(specifier))) throw new Error("invalid format: " + specifier);
  var match;
  return new FormatSpecifier({
    fill: match[1],
    align: match[2],
    sign: match[3],
    symbol: match[4],
    zero: match[5],
    width: match[6],
    comma: match[7],
    precision: match[8] && match[8].slice(1),
    trim: match[9],
    type: match[10]
  });
}
formatSpecifier.prototype = FormatSpecifier.prototype;
function FormatSpecifier(specifier) {
  this.fill = specifier.fill === void 0 ? " " : specifier.fill + "";
  this.align = specifier.align === void 0 ? ">" : specifier.align + "";
  this.sign = specifier.sign === void 0 ? "-" : specifier.sign + "";
  this.symbol = specifier.symbol === void 0 ? "" : specifier.symbol + "";
  this.zero = !!specifier.zero;
  this.width = specifier.width === void 0 ? void 0 : +specifier.width;
  this.comma = !!specifier.comma;
  this.precision = specifier.precision === void 0 ? void 0 : +specifier.precision;
  this.trim = !!specifier.trim;
  this.type = specifier.type === void 0 ? "" : specifier.type + "";
}
FormatSpecifier.prototype.toString = function() {
  return this.fill + this.align + this.sign + this.symbol + (this.zero ? "0" : "") + (this.width === void 0 ? "" : Math.max(1, this.width | 0)) + (this.comma ? "," : "") + (this.precision === void 0 ? "" : "." + Math.max(0, this.precision | 0)) + (this.trim ? "~" : "") + this.type;
};
function formatTrim(s) {
  out: for (var n = s.length, i2 = 1, i0 = -1, i1; i2 < n; ++i2) {
    switch (s[i2]) {
      case ".":
        i0 = i1 = i2;
        break;
      case "0":
        if (i0 === 0) i0 = i2;
        i1 = i2;
        break;
      default:
        if (!+s[i2]) break out;
        if (i0 > 0) i0 = 0;
        break;
    }
  }
  return i0 > 0 ? s.slice(0, i0) + s.slice(i1 + 1) : s;
}
var prefixExponent;
function formatPrefixAuto(x2, p) {
  var d = formatDecimalParts(x2, p);
  if (!d) return prefixExponent = void 0, x2.toPrecision(p);
  var coefficient = d[0], exponent2 = d[1], i2 = exponent2 - (prefixExponent = Math.max(-8, Math.min(8, Math.floor(exponent2 / 3))) * 3) + 1, n = coefficient.length;
  return i2 === n ? coefficient : i2 > n ? coefficient + new Array(i2 - n + 1).join("0") : i2 > 0 ? coefficient.slice(0, i2) + "." + coefficient.slice(i2) : "0." + new Array(1 - i2).join("0") + formatDecimalParts(x2, Math.max(0, p + i2 - 1))[0];
}
function formatRounded(x2, p) {
  var d = formatDecimalParts(x2, p);
  if (!d) return x2 + "";
  var coefficient = d[0], exponent2 = d[1];
  return exponent2 < 0 ? "0." + new Array(-exponent2).join("0") + coefficient : coefficient.length > exponent2 + 1 ? coefficient.slice(0, exponent2 + 1) + "." + coefficient.slice(exponent2 + 1) : coefficient + new Array(exponent2 - coefficient.length + 2).join("0");
}
var formatTypes = {
  "%": (x2, p) => (x2 * 100).toFixed(p),
  "b": (x2) => Math.round(x2).toString(2),
  "c": (x2) => x2 + "",
  "d": formatDecimal,
  "e": (x2, p) => x2.toExponential(p),
  "f": (x2, p) => x2.toFixed(p),
  "g": (x2, p) => x2.toPrecision(p),
  "o": (x2) => Math.round(x2).toString(8),
  "p": (x2, p) => formatRounded(x2 * 100, p),
  "r": formatRounded,
  "s": formatPrefixAuto,
  "X": (x2) => Math.round(x2).toString(16).toUpperCase(),
  "x": (x2) => Math.round(x2).toString(16)
};
function identity2(x2) {
  return x2;
}
var map = Array.prototype.map;
var prefixes = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"];
function formatLocale(locale2) {
  var group = locale2.grouping === void 0 || locale2.thousands === void 0 ? identity2 : formatGroup(map.call(locale2.grouping, Number), locale2.thousands + ""), currencyPrefix = locale2.currency === void 0 ? "" : locale2.currency[0] + "", currencySuffix = locale2.currency === void 0 ? "" : locale2.currency[1] + "", decimal = locale2.decimal === void 0 ? "." : locale2.decimal + "", numerals = locale2.numerals === void 0 ? identity2 : formatNumerals(map.call(locale2.numerals, String)), percent2 = locale2.percent === void 0 ? "%" : locale2.percent + "", minus = locale2.minus === void 0 ? "−" : locale2.minus + "", nan = locale2.nan === void 0 ? "NaN" : locale2.nan + "";
  function newFormat(specifier, options) {
    specifier = formatSpecifier(specifier);
    var fill = specifier.fill, align = specifier.align, sign = specifier.sign, symbol = specifier.symbol, zero3 = specifier.zero, width = specifier.width, comma = specifier.comma, precision = specifier.precision, trim = specifier.trim, type = specifier.type;
    if (type === "n") comma = true, type = "g";
    else if (!formatTypes[type]) precision === void 0 && (precision = 12), trim = true, type = "g";
    if (zero3 || fill === "0" && align === "=") zero3 = true, fill = "0", align = "=";
    var prefix = (options && options.prefix !== void 0 ? options.prefix : "") + (symbol === "$" ? currencyPrefix : symbol === "#" && /[boxX]/.test(type) ? "0" + type.toLowerCase() : ""), suffix = (symbol === "$" ? currencySuffix : /[%p]/.test(type) ? percent2 : "") + (options && options.suffix !== void 0 ? options.suffix : "");
    var formatType = formatTypes[type], maybeSuffix = /[defgprs%]/.test(type);
    precision = precision === void 0 ? 6 : /[gprs]/.test(type) ? Math.max(1, Math.min(21, precision)) : Math.max(0, Math.min(20, precision));
    function format2(value) {
      var valuePrefix = prefix, valueSuffix = suffix, i2, n, c;
      if (type === "c") {
        valueSuffix = formatType(value) + valueSuffix;
        value = "";
      } else {
        value = +value;
        var valueNegative = value < 0 || 1 / value < 0;
        value = isNaN(value) ? nan : formatType(Math.abs(value), precision);
        if (trim) value = formatTrim(value);
        if (valueNegative && +value === 0 && sign !== "+") valueNegative = false;
        valuePrefix = (valueNegative ? sign === "(" ? sign : minus : sign === "-" || sign === "(" ? "" : sign) + valuePrefix;
        valueSuffix = (type === "s" && !isNaN(value) && prefixExponent !== void 0 ? prefixes[8 + prefixExponent / 3] : "") + valueSuffix + (valueNegative && sign === "(" ? ")" : "");
        if (maybeSuffix) {
          i2 = -1, n = value.length;
          while (++i2 < n) {
            if (c = value.charCodeAt(i2), 48 > c || c > 57) {
              valueSuffix = (c === 46 ? decimal + value.slice(i2 + 1) : value.slice(i2)) + valueSuffix;
              value = value.slice(0, i2);
              break;
            }
          }
        }
      }
      if (comma && !zero3) value = group(value, Infinity);
      var length = valuePrefix.length + value.length + valueSuffix.length, padding = length < width ? new Array(width - length + 1).join(fill) : "";
      if (comma && zero3) value = group(padding + value, padding.length ? width - valueSuffix.length : Infinity), padding = "";
      switch (align) {
        case "<":
          value = valuePrefix + value + valueSuffix + padding;
          break;
        case "=":
          value = valuePrefix + padding + value + valueSuffix;
          break;
        case "^":
          value = padding.slice(0, length = padding.length >> 1) + valuePrefix + value + valueSuffix + padding.slice(length);
          break;
        default:
          value = padding + valuePrefix + value + valueSuffix;
          break;
      }
      return numerals(value);
    }
    format2.toString = function() {
      return specifier + "";
    };
    return format2;
  }
  function formatPrefix2(specifier, value) {
    var e = Math.max(-8, Math.min(8, Math.floor(exponent(value) / 3))) * 3, k = Math.pow(10, -e), f = newFormat((specifier = formatSpecifier(specifier), specifier.type = "f", specifier), { suffix: prefixes[8 + e / 3] });
    return function(value2) {
      return f(k * value2);
    };
  }
  return {
    format: newFormat,
    formatPrefix: formatPrefix2
  };
}
var locale;
var format;
var formatPrefix;
defaultLocale({
  thousands: ",",
  grouping: [3],
  currency: ["$", ""]
});
function defaultLocale(definition) {
  locale = formatLocale(definition);
  format = locale.format;
  formatPrefix = locale.formatPrefix;
  return locale;
}
function precisionFixed(step) {
  return Math.max(0, -exponent(Math.abs(step)));
}
function precisionPrefix(step, value) {
  return Math.max(0, Math.max(-8, Math.min(8, Math.floor(exponent(value) / 3))) * 3 - exponent(Math.abs(step)));
}
function precisionRound(step, max2) {
  step = Math.abs(step), max2 = Math.abs(max2) - step;
  return Math.max(0, exponent(max2) - exponent(step)) + 1;
}

// node_modules/d3-scale/src/tickFormat.js
function tickFormat(start, stop, count, specifier) {
  var step = tickStep(start, stop, count), precision;
  specifier = formatSpecifier(specifier == null ? ",f" : specifier);
  switch (specifier.type) {
    case "s": {
      var value = Math.max(Math.abs(start), Math.abs(stop));
      if (specifier.precision == null && !isNaN(precision = precisionPrefix(step, value))) specifier.precision = precision;
      return formatPrefix(specifier, value);
    }
    case "":
    case "e":
    case "g":
    case "p":
    case "r": {
      if (specifier.precision == null && !isNaN(precision = precisionRound(step, Math.max(Math.abs(start), Math.abs(stop))))) specifier.precision = precision - (specifier.type === "e");
      break;
    }
    case "f":
    case "%": {
      if (specifier.precision == null && !isNaN(precision = precisionFixed(step))) specifier.precision = precision - (specifier.type === "%") * 2;
      break;
    }
  }
  return format(specifier);
}

// node_modules/d3-scale/src/linear.js
function linearish(scale) {
  var domain = scale.domain;
  scale.ticks = function(count) {
    var d = domain();
    return ticks(d[0], d[d.length - 1], count == null ? 10 : count);
  };
  scale.tickFormat = function(count, specifier) {
    var d = domain();
    return tickFormat(d[0], d[d.length - 1], count == null ? 10 : count, specifier);
  };
  scale.nice = function(count) {
    if (count == null) count = 10;
    var d = domain();
    var i0 = 0;
    var i1 = d.length - 1;
    var start = d[i0];
    var stop = d[i1];
    var prestep;
    var step;
    var maxIter = 10;
    if (stop < start) {
      step = start, start = stop, stop = step;
      step = i0, i0 = i1, i1 = step;
    }
    while (maxIter-- > 0) {
      step = tickIncrement(start, stop, count);
      if (step === prestep) {
        d[i0] = start;
        d[i1] = stop;
        return domain(d);
      } else if (step > 0) {
        start = Math.floor(start / step) * step;
        stop = Math.ceil(stop / step) * step;
      } else if (step < 0) {
        start = Math.ceil(start * step) / step;
        stop = Math.floor(stop * step) / step;
      } else {
        break;
      }
      prestep = step;
    }
    return scale;
  };
  return scale;
}
function linear2() {
  var scale = continuous();
  scale.copy = function() {
    return copy2(scale, linear2());
  };
  initRange.apply(scale, arguments);
  return linearish(scale);
}

// node_modules/d3-scale/src/nice.js
function nice(domain, interval) {
  domain = domain.slice();
  var i0 = 0, i1 = domain.length - 1, x0 = domain[i0], x1 = domain[i1], t;
  if (x1 < x0) {
    t = i0, i0 = i1, i1 = t;
    t = x0, x0 = x1, x1 = t;
  }
  domain[i0] = interval.floor(x0);
  domain[i1] = interval.ceil(x1);
  return domain;
}

// node_modules/d3-scale/src/log.js
function transformLog(x2) {
  return Math.log(x2);
}
function transformExp(x2) {
  return Math.exp(x2);
}
function transformLogn(x2) {
  return -Math.log(-x2);
}
function transformExpn(x2) {
  return -Math.exp(-x2);
}
function pow10(x2) {
  return isFinite(x2) ? +("1e" + x2) : x2 < 0 ? 0 : x2;
}
function powp(base) {
  return base === 10 ? pow10 : base === Math.E ? Math.exp : (x2) => Math.pow(base, x2);
}
function logp(base) {
  return base === Math.E ? Math.log : base === 10 && Math.log10 || base === 2 && Math.log2 || (base = Math.log(base), (x2) => Math.log(x2) / base);
}
function reflect(f) {
  return (x2, k) => -f(-x2, k);
}
function loggish(transform) {
  const scale = transform(transformLog, transformExp);
  const domain = scale.domain;
  let base = 10;
  let logs;
  let pows;
  function rescale() {
    logs = logp(base), pows = powp(base);
    if (domain()[0] < 0) {
      logs = reflect(logs), pows = reflect(pows);
      transform(transformLogn, transformExpn);
    } else {
      transform(transformLog, transformExp);
    }
    return scale;
  }
  scale.base = function(_) {
    return arguments.length ? (base = +_, rescale()) : base;
  };
  scale.domain = function(_) {
    return arguments.length ? (domain(_), rescale()) : domain();
  };
  scale.ticks = (count) => {
    const d = domain();
    let u = d[0];
    let v = d[d.length - 1];
    const r = v < u;
    if (r) [u, v] = [v, u];
    let i2 = logs(u);
    let j = logs(v);
    let k;
    let t;
    const n = count == null ? 10 : +count;
    let z = [];
    if (!(base % 1) && j - i2 < n) {
      i2 = Math.floor(i2), j = Math.ceil(j);
      if (u > 0) for (; i2 <= j; ++i2) {
        for (k = 1; k < base; ++k) {
          t = i2 < 0 ? k / pows(-i2) : k * pows(i2);
          if (t < u) continue;
          if (t > v) break;
          z.push(t);
        }
      }
      else for (; i2 <= j; ++i2) {
        for (k = base - 1; k >= 1; --k) {
          t = i2 > 0 ? k / pows(-i2) : k * pows(i2);
          if (t < u) continue;
          if (t > v) break;
          z.push(t);
        }
      }
      if (z.length * 2 < n) z = ticks(u, v, n);
    } else {
      z = ticks(i2, j, Math.min(j - i2, n)).map(pows);
    }
    return r ? z.reverse() : z;
  };
  scale.tickFormat = (count, specifier) => {
    if (count == null) count = 10;
    if (specifier == null) specifier = base === 10 ? "s" : ",";
    if (typeof specifier !== "function") {
      if (!(base % 1) && (specifier = formatSpecifier(specifier)).precision == null) specifier.trim = true;
      specifier = format(specifier);
    }
    if (count === Infinity) return specifier;
    const k = Math.max(1, base * count / scale.ticks().length);
    return (d) => {
      let i2 = d / pows(Math.round(logs(d)));
      if (i2 * base < base - 0.5) i2 *= base;
      return i2 <= k ? specifier(d) : "";
    };
  };
  scale.nice = () => {
    return domain(nice(domain(), {
      floor: (x2) => pows(Math.floor(logs(x2))),
      ceil: (x2) => pows(Math.ceil(logs(x2)))
    }));
  };
  return scale;
}
function log() {
  const scale = loggish(transformer()).domain([1, 10]);
  scale.copy = () => copy2(scale, log()).base(scale.base());
  initRange.apply(scale, arguments);
  return scale;
}

// headstream/views/shared/draw/scale.ts
function linear3(domain, range) {
  return linear2(domain, range);
}
function logOfCounts(largest, range) {
  const scale = log([1, 1 + Math.max(1, largest)], range);
  const powers = Array.from({ length: Math.floor(Math.log10(Math.max(1, largest))) + 1 }, (_, power2) => 10 ** power2);
  return Object.assign((count) => scale(1 + count), { ticks: () => [0, ...powers] });
}

// headstream/views/shared/parts/items.ts
function pointAndKeep(items) {
  const { root } = items;
  let reached = null;
  const reach = (element2) => {
    if (reached !== element2 && reached) reached.tabIndex = -1;
    reached = element2;
    element2.tabIndex = 0;
  };
  const inside = (target) => root.contains(target);
  let pointed;
  root.addEventListener("pointerover", (event) => {
    const item = items.at(event);
    const element2 = item === null ? null : items.element(item);
    if (element2 && element2 === pointed) return;
    pointed = element2;
    if (item !== null) items.point(item);
  });
  root.addEventListener("pointerleave", () => {
    pointed = null;
    items.point(null);
  });
  root.addEventListener("focusin", (event) => {
    const item = items.at(event);
    const element2 = item === null ? null : items.element(item);
    if (element2) reach(element2);
  });
  root.addEventListener("focusout", (event) => {
    if (!inside(event.relatedTarget)) items.point(null);
  });
  root.addEventListener("click", (event) => {
    const item = items.at(event);
    if (item !== null) items.keep(item);
  });
  root.addEventListener("keydown", (event) => {
    const item = items.at(event);
    if (item === null) return;
    if (event.key === "Enter" || event.key === " ") items.keep(item);
    else {
      const next = items.step(item, event.key, event);
      if (next === void 0) return;
      const element2 = next === null ? null : items.element(next);
      if (next !== null && element2) {
        reach(element2);
        element2.focus();
        items.point(next);
      }
    }
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    offer(element2) {
      const focused = root.getRootNode().activeElement;
      const here = reached?.isConnected && reached === focused;
      if (element2 && !here) reach(element2);
    }
  };
}
function listStep(index, key, count) {
  const last = count - 1;
  const steps = {
    ArrowRight: index + 1,
    ArrowDown: index + 1,
    ArrowLeft: index - 1,
    ArrowUp: index - 1,
    Home: 0,
    End: last
  };
  const next = steps[key];
  return next === void 0 ? void 0 : Math.min(last, Math.max(0, next));
}

// headstream/views/shared/text/format.ts
var MINUS = "−";
function fixed(value, decimals) {
  const text3 = Number.isFinite(value) ? Math.abs(value).toFixed(decimals) : Number.isNaN(value) ? "–" : "∞";
  return value < 0 && Number(text3) !== 0 ? MINUS + text3 : text3;
}
function signed(value, decimals) {
  const text3 = fixed(value, decimals);
  return value > 0 && Number(text3) !== 0 ? `+${text3}` : text3;
}

// headstream/views/shared/text/numbers.ts
function decimalsFor(largest) {
  if (largest === 0) return 2;
  if (largest < 1e-4 || largest >= 1e6) return null;
  if (largest < 10) return 2 - Math.floor(Math.log10(largest));
  return largest < 100 ? 2 : largest < 1e3 ? 1 : 0;
}
function supported(decimals, steps) {
  if (decimals === null || steps === 0) return decimals;
  return Math.max(0, Math.min(decimals, Math.floor(-Math.log10(steps))));
}
function show(value, decimals, plus) {
  if (decimals !== null) return plus ? signed(value, decimals) : fixed(value, decimals);
  if (value === 0) return "0";
  const text3 = power(Math.abs(value));
  return `${value < 0 ? "−" : plus ? "+" : ""}${text3}`;
}
function power(value) {
  if (value === 0) return "0";
  const [digits, exponent2] = value.toExponential(1).split("e");
  const raised = [...String(Number(exponent2))].map((c) => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]).join("");
  return `${digits} × 10${raised}`;
}

// headstream/views/feature_card/features.ts
var COUNTS = ["int32", "uint16"];
var READERS = {
  name: text,
  place: text,
  text,
  words: texts,
  labels: vocabulary,
  density: array("float32", 1),
  largest: array("float32", 1),
  reach: array("float32", 1),
  histogram: array(COUNTS, 2),
  tokens_read: array(COUNTS, 1),
  starts: array(COUNTS, 2),
  shares: array("uint8", 3),
  at: array("uint16", 2),
  strongest: whole,
  ends: array(COUNTS, 3),
  logits: array("float16", 3),
  nearest: array(COUNTS, 2),
  cosine: array("float16", 2)
};
var STEP = 4e-3;
var Features = class {
  constructor(told) {
    this.told = told;
    const { density, largest, reach, histogram, tokens_read, starts, shares, at, ends, logits, nearest, cosine } = told;
    this.count = density.shape[0];
    const examples = [this.count, shares.shape[1]];
    fits("largest", largest.shape, [this.count]);
    fits("reach", reach.shape, [this.count]);
    fits("histogram", histogram.shape, [this.count, histogram.shape[1]]);
    fits("shares", shares.shape, [...examples, shares.shape[2]]);
    fits("starts", starts.shape, examples);
    fits("at", at.shape, examples);
    fits("ends", ends.shape, [this.count, 2, ends.shape[2]]);
    fits("logits", logits.shape, ends.shape);
    fits("nearest", nearest.shape, [this.count, nearest.shape[1]]);
    fits("cosine", cosine.shape, nearest.shape);
    within("tokens_read", tokens_read, told.words.length);
    within("ends", ends, told.words.length);
    within("at", at, shares.shape[2]);
    within("nearest", nearest, this.count - 1);
    const each = (of) => Array.from({ length: this.count }, (_, feature) => of(feature));
    this.fires = each((feature) => this.firesOn(feature));
    this.promotes = each((feature) => this.logits(feature)[0].map(({ word }) => word));
  }
  told;
  count;
  fires;
  promotes;
  get words() {
    return this.told;
  }
  label(feature) {
    return this.told.labels[feature] ?? "";
  }
  density(feature) {
    return this.told.density.data[feature];
  }
  largest(feature) {
    return this.told.largest.data[feature];
  }
  /** The first feature that fires at all, or the first. */
  first() {
    return Math.max(
      0,
      this.told.largest.data.findIndex((value) => value > 0)
    );
  }
  dead() {
    return sum(this.told.largest.data, (value) => Number(!(value > 0)));
  }
  /** How many fire at once, on average. */
  active() {
    return sum(this.told.density.data, (value) => value);
  }
  bins(feature) {
    const bins = this.told.histogram.shape[1];
    const width = this.told.reach.data[feature] / bins;
    return Array.from({ length: bins }, (_, bin) => {
      const count = this.told.histogram.data[feature * bins + bin];
      return { from: bin * width, to: (bin + 1) * width, count };
    });
  }
  /** The strongest examples, and those drawn at random. */
  examples(feature) {
    const { tokens_read, starts, shares, at, words, strongest } = this.told;
    const [, count, length] = shares.shape;
    const found = [[], []];
    for (let example = 0; example < count; example++) {
      const place = at.data[feature * count + example];
      if (place === 0) continue;
      const one2 = feature * count + example;
      const [labels, numbers] = [[], []];
      let chosen = 0;
      for (let i2 = 0; i2 < length; i2++) {
        const word = tokens_read.data[starts.data[one2] + i2];
        if (!word) continue;
        if (i2 <= place - 1) chosen = labels.length;
        labels.push(words[word - 1]);
        numbers.push(shares.data[one2 * length + i2]);
      }
      if (!labels.length) throw new Damaged(`starts: expected tokens for feature ${feature}, got none`);
      found[example < strongest ? 0 : 1].push({ words: labels, shares: numbers, at: chosen });
    }
    return found;
  }
  /** Promoted and suppressed. */
  logits(feature) {
    const { ends, logits, words } = this.told;
    const count = ends.shape[2];
    const of = (end) => Array.from({ length: count }, (_, i2) => {
      const at = (2 * feature + end) * count + i2;
      return { word: words[ends.data[at] - 1] ?? "", logit: logits.data[at] };
    });
    return [of(0), of(1)];
  }
  nearest(feature) {
    const { nearest, cosine } = this.told;
    const count = nearest.shape[1];
    return Array.from({ length: count }, (_, i2) => {
      return { feature: nearest.data[feature * count + i2], cosine: cosine.data[feature * count + i2] };
    });
  }
  /** An activation in the digits that its largest allows; one from a window, in those that a byte holds. */
  shown(feature, value, sent = false) {
    const largest = this.largest(feature);
    const decimals = decimalsFor(largest);
    return show(value, sent ? supported(decimals, STEP * largest) : decimals, false);
  }
  firesOn(feature) {
    const counts = /* @__PURE__ */ new Map();
    for (const { words, at } of this.examples(feature)[0]) counts.set(words[at], (counts.get(words[at]) ?? 0) + 1);
    return [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  }
};
function sum(values, of) {
  let total = 0;
  for (const value of values) total += of(value);
  return total;
}
function within(name, { data }, most) {
  if (data.some((value) => value < 0 || value > most)) throw new Damaged(`${name}: expected numbers up to ${most}`);
}
function percent(share) {
  const value = 100 * share;
  if (value === 0) return "0 %";
  const decimals = value >= 10 ? 0 : value >= 1 ? 1 : Math.min(3, 1 - Math.floor(Math.log10(value)));
  return `${value.toFixed(decimals)} %`;
}

// headstream/views/feature_card/card.ts
var WIDTH = 17;
var HEIGHT = 7.5;
var CHARACTERS = 18;
var LEAST2 = 2;
function activationColors(theme) {
  const ticks2 = [0, 0.5, 1].map((at) => ({ at, label: `${100 * at} %` }));
  const name = "activation, of the feature's largest";
  return encode({ name, scale: "sequential", place: (share) => share, ticks: ticks2 }, theme);
}
function featureCard({ say, keep }) {
  const root = element("div", "hs-feature-card", { role: "group" });
  let items = [];
  let group = 0;
  const reach = pointAndKeep({
    root,
    at(event) {
      const item2 = event.target.closest("[data-item]");
      return item2 ? Number(item2.dataset.item) : null;
    },
    element: (index) => items[index]?.element,
    step(index, key) {
      const own = items[index].group;
      const first = (wanted) => {
        const found = items.findIndex((item2) => item2.group === wanted);
        return found < 0 ? null : found;
      };
      if (key === "ArrowRight" || key === "ArrowLeft") {
        const next = index + (key === "ArrowRight" ? 1 : -1);
        return items[next] ? next : null;
      }
      if (key === "ArrowDown") return first(own + 1);
      if (key === "ArrowUp") return first(own - 1);
      if (key === "Home") return 0;
      return key === "End" ? items.length - 1 : void 0;
    },
    point: (index) => say(index === null ? null : items[index]?.said ?? null),
    keep(index) {
      const { feature } = items[index];
      if (feature !== null) keep(feature);
    }
  });
  function item(node, said, feature = null) {
    const index = items.length;
    items.push({ element: node, group, said, feature });
    const attributes = { "data-item": index, "data-key": `item-${index}`, tabindex: -1, "aria-label": said };
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
    return node;
  }
  function histogram(features, feature, em) {
    const all = features.bins(feature);
    const bins = all.slice(
      0,
      all.reduce((last, { count }, bin) => count ? bin + 1 : last, 1)
    );
    const most = Math.max(1, ...bins.map(({ count }) => count));
    const margin = { top: 0.6 * em, right: 0.8 * em, bottom: 1.5 * em, left: 2.8 * em };
    const area = plot(WIDTH * em, HEIGHT * em, margin);
    area.root.setAttribute("role", "group");
    area.root.setAttribute("aria-label", "How often it fires how strongly");
    const end = bins.at(-1)?.to || 1;
    const x2 = linear3([0, end], area.x);
    const y = logOfCounts(most, area.y);
    const places = y.ticks().map((count) => ({ at: y(count), label: count.toLocaleString("en") }));
    drawAxis(area, { side: "left", ticks: places, gap: 0.4 * em, fontSize: em, rules: true });
    const ticks2 = x2.ticks(4);
    const decimals = decimalsOfStep(ticks2[1] - ticks2[0]);
    const marks = ticks2.map((value) => ({ at: x2(value), label: value ? fixed(value, decimals) : "0" }));
    drawAxis(area, { side: "bottom", ticks: marks, gap: 0.4 * em, fontSize: em, rules: false });
    for (const { from, to, count } of bins) {
      const top = count ? Math.min(y(count), y(0) - LEAST2) : y(0);
      const whole2 = svg("rect", {
        class: "hs-feature-reach",
        x: x2(from),
        width: x2(to) - x2(from),
        y: area.y[1],
        height: area.y[0] - area.y[1]
      });
      const bar = svg("rect", {
        class: "hs-feature-bar",
        x: x2(from) + 0.5,
        width: Math.max(0.5, x2(to) - x2(from) - 1),
        y: top,
        height: y(0) - top,
        "data-count": count
      });
      const between = `between ${features.shown(feature, from)} and ${features.shown(feature, to)}`;
      const times = count === 1 ? "one place" : `${count.toLocaleString("en")} places`;
      area.marks.append(
        item(svg("g", { role: "img" }, whole2, bar), `Feature ${feature} fires ${between} at ${times}.`)
      );
    }
    group += 1;
    return part("activations, where it fires", "hs-feature-histogram", area.root);
  }
  function logits(features, feature, theme) {
    const ends = features.logits(feature);
    const limit = Math.max(...ends.flat().map(({ logit }) => Math.abs(logit))) || 1;
    const place = (value) => 0.5 + 0.5 * value / limit;
    const colors = encode({ name: "logit", scale: "diverging", place, ticks: [] }, theme);
    const text3 = (value) => show(value, decimalsFor(limit), true);
    return ends.map((lines2, end) => {
      const listed = lines2.map(({ word, logit }) => {
        const verb = logit < 0 ? "lowers" : "raises";
        const said = `An activation of 1 ${verb} the logit of ${quoted(word)} by ${text3(Math.abs(logit)).replace("+", "")}.`;
        return item(line(word, text3(logit), [colors.color(logit), colors.ink(logit)], logit), said);
      });
      group += 1;
      const name = end ? "suppressed logits" : "promoted logits";
      return part(name, "hs-feature-logits", element("ol", "", { "data-end": end ? "low" : "high" }, ...listed));
    });
  }
  function nearest(features, feature) {
    const listed = features.nearest(feature).map(({ feature: other, cosine }) => {
      const [first] = features.fires[other];
      const on = first === void 0 ? "which fires nowhere here" : `which fires most at ${quoted(first)}`;
      const said = `Its decoder and that of feature ${other}, ${on}, have a cosine of ${show(cosine, 2, true)}. A click looks at that one.`;
      const label = features.label(other) || (first === void 0 ? "" : visible(first));
      const name = element("span", "hs-feature-word", {}, shortened(`${other} ${label}`, CHARACTERS));
      const number4 = element("span", "hs-number", { "data-value": cosine }, show(cosine, 2, true));
      return item(element("li", "hs-feature-near", { "data-feature": other }, name, number4), said, other);
    });
    group += 1;
    return part("nearest decoders", "hs-feature-nearest", element("ol", "", {}, ...listed));
  }
  function windows(features, feature, some, name, colors) {
    const lines2 = some.map(({ words, shares, at }) => {
      const texts2 = running(words);
      const spans = texts2.map((text3, place) => {
        const value = shares[place] * features.largest(feature);
        const shown2 = features.shown(feature, value, true);
        const said = `${quoted(words[place])}: ${shares[place] ? `feature ${feature} is at ${shown2}` : `feature ${feature} is silent`}.`;
        const span = element("span", "hs-feature-token", { "data-share": shares[place] }, visible(text3) || "‿");
        if (place === at) span.classList.add("hs-feature-chosen");
        if (shares[place]) {
          span.style.backgroundColor = colors.color(shares[place]);
          span.style.color = colors.ink(shares[place]);
        }
        return item(span, said);
      });
      group += 1;
      return element("li", "hs-feature-window", {}, ...spans.flatMap((span) => [span, element("wbr")]));
    });
    if (!lines2.length) lines2.push(element("li", "hs-quiet", {}, "none"));
    return part(name, "hs-feature-examples", element("ol", "", {}, ...lines2));
  }
  return {
    root,
    /** Draws a feature anew. */
    draw(features, feature, theme, em) {
      items = [];
      group = 0;
      const colors = activationColors(theme);
      const label = features.label(feature);
      const head = element("span", "hs-feature-name", {}, `Feature ${feature}${label ? `: ${visible(label)}` : ""}`);
      const fires = features.largest(feature) > 0;
      const largest = features.shown(feature, features.largest(feature));
      const told = fires ? `fires at ${percent(features.density(feature))} of the places, at most with ${largest}` : "fires nowhere on this text";
      const [strongest, drawn] = features.examples(feature);
      const parts = [
        element("div", "hs-feature-head", {}, head, element("span", "hs-quiet", {}, told)),
        windows(features, feature, strongest, "where it fires most strongly", colors),
        element(
          "div",
          "hs-feature-numbers",
          {},
          histogram(features, feature, em),
          ...logits(features, feature, theme),
          nearest(features, feature)
        ),
        windows(features, feature, drawn, "where it fires, drawn at random", colors)
      ];
      root.dataset.feature = String(feature);
      root.setAttribute("aria-label", `Feature ${feature}`);
      root.replaceChildren(...parts);
      reach.offer(items[0]?.element);
    }
  };
}
function part(name, className, ...children) {
  return element("div", className, {}, element("div", "hs-quiet", {}, name), ...children);
}
function line(word, number4, [paper, ink], value) {
  const cell = element("span", "hs-number", { "data-value": value }, number4);
  cell.style.backgroundColor = paper;
  cell.style.color = ink;
  return element("li", "", {}, element("span", "hs-feature-word", {}, shortened(visible(word), CHARACTERS)), cell);
}

// headstream/views/shared/parts/strip.ts
function reveal(item, root) {
  if (root.scrollHeight <= root.clientHeight) return false;
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(root);
  const box = item.getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  const above2 = frame.top + (Number.parseFloat(scrollPaddingTop) || 0) - box.top;
  const below = box.bottom - frame.bottom + (Number.parseFloat(scrollPaddingBottom) || 0);
  if (above2 > 0) root.scrollTop -= above2 + box.height;
  else if (below > 0) root.scrollTop += below + box.height;
  return above2 > 0 || below > 0;
}

// headstream/views/shared/parts/table.ts
function arranged(rows, columns, { sorted, search }, found = (row, wanted) => columns.some((column) => text2(column.value(row), column).toLowerCase().includes(wanted))) {
  const cell = (row, column2) => columns[column2].value(rows[row]);
  const wanted = search.trim().toLowerCase();
  const shown2 = rows.map((_, index) => index).filter((row) => !wanted || found(rows[row], wanted));
  if (!sorted) return shown2;
  const { column, down } = sorted;
  const compare = (a, b) => {
    const [one2, other] = [cell(a, column), cell(b, column)];
    const order = typeof one2 === "number" && typeof other === "number" ? one2 - other : String(one2).localeCompare(String(other));
    return (down ? -order : order) || a - b;
  };
  return shown2.sort(compare);
}
function text2(value, { format: format2 }) {
  return typeof value === "number" ? (format2 ?? String)(value) : plain(value);
}
function table(name, rows, columns, acts, { chunk = rows.length, found, placeholder = "Search", before } = {}) {
  let state = before?.state() ?? { sorted: null, search: "" };
  if (state.sorted && !columns[state.sorted.column]) state = { ...state, sorted: null };
  let shown2 = [];
  const search = element("input", "hs-search", {
    type: "search",
    "aria-label": `Search ${name}`,
    placeholder,
    "data-key": "search"
  });
  search.value = state.search;
  const count = element("span", "hs-quiet", { role: "status" });
  const heads = columns.map((column, index) => {
    const button = element("button", "hs-sort", { type: "button", "data-key": `sort-${index}` }, column.name);
    button.addEventListener("click", () => {
      const { sorted } = state;
      const first = typeof (rows[0] && column.value(rows[0])) === "number";
      const again = sorted?.column === index;
      const down = again ? !sorted.down : first;
      state = { ...state, sorted: again && sorted.down !== first ? null : { column: index, down } };
      arrange();
    });
    return element("th", "", { scope: "col" }, button);
  });
  const made2 = [];
  const painters = /* @__PURE__ */ new Map();
  const make = (index) => {
    const row = rows[index];
    const cells = columns.map((column) => {
      const value = column.value(row);
      return element("td", typeof value === "number" ? "hs-number" : "", {}, text2(value, column));
    });
    for (const [column, run] of painters) run(cells[column], row);
    const attributes = { tabindex: -1, "data-row": index, "data-key": `row-${index}`, "aria-selected": "false" };
    made2[index] = element("tr", "hs-row", attributes, ...cells);
    show2(index);
    return made2[index];
  };
  const marked = rows.map(() => false);
  const body = element("tbody");
  const whole2 = element(
    "table",
    "hs-table",
    { "aria-label": name },
    element("thead", "", {}, element("tr", "", {}, ...heads)),
    body
  );
  const root = element(
    "div",
    "hs-table-box",
    {},
    element("div", "hs-table-tools", { "data-hs-unsaved": true }, search, count),
    whole2
  );
  const reach = pointAndKeep({
    root: body,
    at(event) {
      const row = event.target.closest("[data-row]");
      return row ? Number(row.dataset.row) : null;
    },
    element: (index) => made2[index],
    step(index, key) {
      const next = listStep(shown2.indexOf(index), key, shown2.length);
      if (next === void 0 || key === "ArrowLeft" || key === "ArrowRight") return void 0;
      extend2(next + 1);
      return shown2[next];
    },
    point: (index) => acts.point(index === null ? null : rows[index]),
    keep: (index) => acts.keep(rows[index])
  });
  search.addEventListener("input", () => {
    state = { ...state, search: search.value };
    arrange();
  });
  root.addEventListener("scroll", () => {
    if (root.scrollTop + 2 * root.clientHeight > root.scrollHeight) extend2(body.children.length + 1);
  });
  function extend2(count2) {
    const drawn = body.children.length;
    if (drawn >= Math.min(count2, shown2.length)) return;
    const more = shown2.slice(drawn, Math.ceil(count2 / chunk) * chunk);
    body.append(...more.map((index) => made2[index] ?? make(index)));
  }
  function show2(index) {
    made2[index]?.classList.toggle("hs-current", marked[index]);
    made2[index]?.setAttribute("aria-selected", String(marked[index]));
  }
  function arrange() {
    shown2 = arranged(rows, columns, state, found);
    body.replaceChildren();
    extend2(chunk);
    count.textContent = shown2.length < rows.length ? `${shown2.length} of ${rows.length}` : `${rows.length} rows`;
    heads.forEach((head, index) => {
      const { sorted } = state;
      head.setAttribute("aria-sort", sorted?.column !== index ? "none" : sorted.down ? "descending" : "ascending");
    });
    reach.offer(made2[shown2[0]]);
  }
  arrange();
  return {
    root,
    state: () => state,
    /** Paints on the cells of a column. */
    paint(column, run) {
      painters.set(column, run);
      made2.forEach((row, index) => {
        run(row.children[column], rows[index]);
      });
    },
    /** Brings a row into sight, if it is not searched away; the page itself is not scrolled. */
    reveal(index) {
      const place = shown2.indexOf(index);
      if (place < 0) return;
      extend2(place + 1);
      reveal(made2[index], root);
    },
    /** Marks the rows that are selected. */
    mark(selected) {
      rows.forEach((row, index) => {
        if (selected(row) === marked[index]) return;
        marked[index] = !marked[index];
        show2(index);
      });
    }
  };
}

// headstream/views/feature_card/list.ts
var CHUNK = 120;
var TOKENS = 3;
var CHARACTERS2 = 14;
function featureList(features, acts, promotes, before) {
  const rows = Array.from({ length: features.count }, (_, feature) => feature);
  const some = (words) => words.slice(0, TOKENS).map((word) => shortened(visible(word), CHARACTERS2)).join(" ");
  const named2 = (feature) => {
    const label = features.label(feature);
    return label ? `${label} ` : "";
  };
  const columns = [
    { name: "feature", value: (feature) => feature, format: String },
    { name: "fires at", value: (feature) => features.density(feature), format: percent },
    { name: "fires on", value: (feature) => named2(feature) + some(features.fires[feature]) || "nothing" }
  ];
  if (promotes) columns.push({ name: "promotes", value: (feature) => some(features.promotes[feature]) });
  return table("features", rows, columns, acts, {
    chunk: CHUNK,
    placeholder: "Number, token or label",
    before,
    found: (feature, wanted) => matches(features, feature, wanted)
  });
}
function matches(features, feature, wanted) {
  const text3 = wanted.replaceAll("·", " ").trim();
  if (String(feature).startsWith(text3)) return true;
  const words = [features.label(feature), ...features.fires[feature], ...features.promotes[feature]];
  return words.some((word) => word.toLowerCase().includes(text3));
}

// headstream/views/feature_card/index.ts
var NAMES = Object.keys(READERS);
function create(frame) {
  const { traits, selection } = frame;
  let features;
  let read = [];
  let list;
  let listed = element("div");
  let card;
  let shown2 = null;
  let kept = null;
  let pointed = null;
  function makeList() {
    const acts = {
      point: (feature) => selection.preview(feature === null ? null : { feature }),
      keep: (feature) => selection.pin({ feature })
    };
    list = featureList(features, acts, frame.room === "some" || frame.room === "plenty", list);
    listed.replaceChildren(list.root);
    kept = null;
  }
  return {
    build() {
      card = featureCard({
        say(words) {
          pointed = words;
          frame.reselect();
        },
        keep: (feature) => selection.pin({ feature })
      });
      read = [];
      listed = element("div", "hs-feature-list");
      const beside = frame.room === "much" || frame.room === "plenty";
      const whole2 = element("div", `hs-feature ${beside ? "hs-beside" : ""}`, {}, listed, card.root);
      whole2.toggleAttribute("data-whole", frame.height === null);
      frame.picture.replaceChildren(whole2);
    },
    paint() {
      const now = NAMES.map((name2) => traits[name2]);
      if (now.some((value, index) => value !== read[index])) {
        features = new Features(traits);
        read = now;
        selection.sizes = { feature: features.count };
        makeList();
      }
      shown2 = null;
      frame.legend.replaceChildren(activationColors(frame.theme).legend());
      const { name, place, text: text3 } = traits;
      frame.title(`${features.count.toLocaleString("en")} features of ${name} (${place}), on ${text3}`);
    },
    select({ feature }, pinned) {
      const wanted = feature ?? features.first();
      if (wanted !== shown2) {
        shown2 = wanted;
        pointed = null;
        keepingFocus(card.root, () => card.draw(features, wanted, frame.theme, frame.fontSize));
      }
      list?.mark((row) => row === feature);
      if (pinned.feature !== kept) {
        kept = pinned.feature;
        if (kept !== null) list?.reveal(kept);
      }
      frame.say(pointed ?? (feature === null ? overview() : sentence(feature)));
    }
  };
  function overview() {
    const dead = features.dead();
    const silent = dead ? `; ${dead.toLocaleString("en")} of them fire nowhere on this text` : "";
    const active = features.active();
    const digits = active < 10 ? 1 : 0;
    return `${active.toFixed(digits)} features fire at once, on average${silent}. Point at one in the list, or search for a token; click to keep it.`;
  }
  function sentence(feature) {
    const label = features.label(feature);
    const name = `Feature ${feature}${label ? ` (${quoted(label)})` : ""}`;
    const [strongest] = features.fires[feature];
    if (strongest === void 0) return `${name} fires nowhere on this text.`;
    const [promoted] = features.promotes[feature];
    const how = `fires at ${percent(features.density(feature))} of the places, most often at ${quoted(strongest)} where it is strong`;
    return `${name} ${how}${promoted === void 0 ? "" : `, and promotes ${quoted(promoted)} most`}.`;
  }
}
var feature_card_default = defineView({ name: "feature_card", readers: READERS, structure: () => null, create });
export {
  feature_card_default as default
};
