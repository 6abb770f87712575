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
var BYTES = { uint8: 1, uint16: 2, int32: 4, float16: 2, float32: 4 };
function halfToFloat(bits2) {
  const sign = bits2 & 32768 ? -1 : 1;
  const exponent = bits2 >> 10 & 31;
  const fraction = bits2 & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
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
  const wanted = size * BYTES[dtype];
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
  const wanted = shape.reduce((product, count) => product * count, BYTES[dtype]);
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
  const text2 = typeof value === "string" ? `'${value}'` : JSON.stringify(value) ?? String(value);
  return text2.length > 60 ? `one ${typeof value}` : text2;
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
function optional(read) {
  return (value, name) => value === null || value === void 0 ? null : read(value, name);
}
function array(dtypes, axes) {
  const allowed = typeof dtypes === "string" ? [dtypes] : dtypes;
  return (value, name) => decode(value, name, allowed, axes);
}
function fits(name, shape, expected) {
  if (shape.length !== expected.length || shape.some((size, axis) => size !== expected[axis])) {
    throw new Damaged(`${name}: expected shape [${expected}], got [${shape}]`);
  }
}

// headstream/views/logit_lens_grid/lens.ts
var Lens = class {
  rows;
  positions;
  ids;
  starts;
  ranks;
  logProb;
  entropies;
  divergences;
  changes;
  /** Where the norm that is shown begins, in arrays of candidates and in arrays of positions. */
  first;
  /** [row, position], the top token's candidate. */
  bests;
  /** [position], the candidate of the model's own prediction, the same for every norm; and of what follows in the text, or -1. */
  finals;
  followings;
  /** `norm` is the entry of the arrays' leading axis that is shown. Throws Damaged where the arrays do not fit together. */
  constructor(arrays, norm) {
    const { starts, ids, log_prob, rank, entropy, kl, change, next_token } = arrays;
    this.rows = rank.shape[1];
    this.positions = starts.shape[0] - 1;
    this.starts = starts.data;
    this.ids = ids.data;
    this.ranks = rank.data;
    this.logProb = log_prob.data;
    this.entropies = entropy.data;
    this.divergences = kl.data;
    this.changes = change?.data ?? null;
    const [norms, rows, positions] = [rank.shape[0], this.rows, this.positions];
    fits("rank", rank.shape, [norms, rows, ids.shape[0]]);
    fits("log_prob", log_prob.shape, rank.shape);
    fits("entropy", entropy.shape, [norms, rows, positions]);
    fits("kl", kl.shape, [norms, rows, positions]);
    if (change) fits("change", change.shape, [norms, rows, positions]);
    fits("next_token", next_token.shape, [positions]);
    const ordered = starts.data.every((start, i2) => i2 === 0 || start >= starts.data[i2 - 1]);
    if (starts.data[0] !== 0 || starts.data[positions] !== ids.shape[0] || !ordered) {
      throw new Damaged(`starts: expected 0 to ${ids.shape[0]}, growing`);
    }
    this.first = { candidate: norm * rows * ids.shape[0], position: norm * rows * positions };
    this.bests = Int32Array.from(
      { length: rows * positions },
      (_, i2) => this.findBest(Math.floor(i2 / positions), i2 % positions)
    );
    this.finals = this.bests.subarray((rows - 1) * positions);
    this.followings = Int32Array.from(next_token.data, (token, position) => {
      const candidate = token < 0 ? -1 : this.candidate(position, token);
      if (token >= 0 && candidate < 0)
        throw new Damaged(`next_token: ${token} is no candidate at position ${position}`);
      return candidate;
    });
  }
  findBest(row, position) {
    const [start, end] = [this.starts[position], this.starts[position + 1]];
    let best = -1;
    let count = 0;
    for (let i2 = start; i2 < end; i2++) {
      const rank = this.rank(row, i2);
      if (rank !== 0) continue;
      best = i2;
      count += 1;
    }
    if (best < 0 || count > 1) throw new Damaged(`rank: expected one top token in row ${row} at position ${position}`);
    return best;
  }
  at(row, candidate) {
    return this.first.candidate + row * this.ids.length + candidate;
  }
  /** Of a bounded one, the best that it can be. */
  rank(row, candidate) {
    return Math.abs(this.ranks[this.at(row, candidate)]);
  }
  /** Whether no more is known there than that the token is of that rank or worse, and no more probable than that. */
  bounded(row, candidate) {
    return this.ranks[this.at(row, candidate)] < 0;
  }
  probability(row, candidate) {
    return Math.exp(this.logProb[this.at(row, candidate)]);
  }
  entropy(row, position) {
    return this.entropies[this.first.position + row * this.positions + position];
  }
  kl(row, position) {
    return this.divergences[this.first.position + row * this.positions + position];
  }
  /** Of the final prediction's log probability, from another lens; 0 where there is none. */
  change(row, position) {
    return this.changes?.[this.first.position + row * this.positions + position] ?? 0;
  }
  /** The candidate that a token is at a position; -1 when it is none there. */
  candidate(position, token) {
    for (let i2 = this.starts[position]; i2 < this.starts[position + 1]; i2++) if (this.ids[i2] === token) return i2;
    return -1;
  }
  /** The top token's candidate. */
  best(row, position) {
    return this.bests[row * this.positions + position];
  }
  /** The candidates of rank below k, best first. */
  top(row, position, k) {
    const found = [];
    for (let i2 = this.starts[position]; i2 < this.starts[position + 1]; i2++) {
      if (this.rank(row, i2) < k && !this.bounded(row, i2)) found.push(i2);
    }
    return found.sort((a, b) => this.rank(row, a) - this.rank(row, b));
  }
  /** The candidate of the model's own prediction. */
  final(position) {
    return this.finals[position];
  }
  /** The candidate of the token that follows in the text; -1 where nothing follows. */
  following(position) {
    return this.followings[position];
  }
  /** The largest number under every norm: a colour means the same whichever is shown. */
  get largest() {
    const most = (numbers) => {
      let largest = 0;
      for (let i2 = 0; i2 < numbers.length; i2++) largest = Math.max(largest, Math.abs(numbers[i2]));
      return largest;
    };
    return {
      rank: most(this.ranks),
      entropy: most(this.entropies),
      kl: most(this.divergences),
      change: most(this.changes ?? [])
    };
  }
};

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
function color(format) {
  var m, l;
  format = (format + "").trim().toLowerCase();
  return (m = reHex.exec(format)) ? (l = m[1].length, m = parseInt(m[1], 16), l === 6 ? rgbn(m) : l === 3 ? new Rgb(m >> 8 & 15 | m >> 4 & 240, m >> 4 & 15 | m & 240, (m & 15) << 4 | m & 15, 1) : l === 8 ? rgba(m >> 24 & 255, m >> 16 & 255, m >> 8 & 255, (m & 255) / 255) : l === 4 ? rgba(m >> 12 & 15 | m >> 8 & 240, m >> 8 & 15 | m >> 4 & 240, m >> 4 & 15 | m & 240, ((m & 15) << 4 | m & 15) / 255) : null) : (m = reRgbInteger.exec(format)) ? new Rgb(m[1], m[2], m[3], 1) : (m = reRgbPercent.exec(format)) ? new Rgb(m[1] * 255 / 100, m[2] * 255 / 100, m[3] * 255 / 100, 1) : (m = reRgbaInteger.exec(format)) ? rgba(m[1], m[2], m[3], m[4]) : (m = reRgbaPercent.exec(format)) ? rgba(m[1] * 255 / 100, m[2] * 255 / 100, m[3] * 255 / 100, m[4]) : (m = reHslPercent.exec(format)) ? hsla(m[1], m[2] / 100, m[3] / 100, 1) : (m = reHslaPercent.exec(format)) ? hsla(m[1], m[2] / 100, m[3] / 100, m[4]) : named.hasOwnProperty(format) ? rgbn(named[format]) : format === "transparent" ? new Rgb(NaN, NaN, NaN, 0) : null;
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
  const linear2 = (v) => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear2(r) + 0.7152 * linear2(g) + 0.0722 * linear2(b);
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
  const numbers = found?.[2].match(/[\d.]+(?:e-?\d+)?%?/g)?.map((part) => {
    return part.endsWith("%") ? Number.parseFloat(part) / 100 : Number(part);
  });
  if (!found || !numbers || numbers.length < 3) return null;
  const full = found[1] === "color" ? 255 : 1;
  return [numbers[0] * full, numbers[1] * full, numbers[2] * full, numbers[3] ?? 1];
}

// headstream/views/shared/text/tokens.ts
var BYTES2 = /<0x([0-9A-F]{2})>/g;
var INVISIBLE = /(?! )[\p{Cc}\p{Cf}\p{Zs}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/gu;
var RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
var isSpecial = (label) => /^<\|.*\|>$/.test(label);
function visible(label) {
  return plain(label).replaceAll(" ", "·");
}
var QUOTED = 48;
function quoted(label) {
  const text2 = shortened(plain(label), QUOTED);
  return RIGHT_TO_LEFT.test(text2) ? `‘⁨${text2}⁩’` : `‘${text2}’`;
}
function writeSentence(into, sentence) {
  const parts = sentence.split(/(‘ ?[^ ’]{1,13}’|' ?[^ ']{1,13}')/);
  into.replaceChildren(...parts.map((part, at) => at % 2 ? element("span", "hs-quoted", {}, part) : part));
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
function shortened(text2, limit) {
  const characters = [...text2];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : text2;
}
function running(labels) {
  const pieces = labels.map((label) => label.split(BYTES2));
  const bytes = [];
  const texts2 = pieces.map((parts) => parts.slice());
  const flush = () => {
    joinCharacters(bytes, texts2);
    bytes.length = 0;
  };
  pieces.forEach((parts, token) => {
    parts.forEach((part, index) => {
      if (index % 2) bytes.push({ token, part: index, value: Number.parseInt(part, 16) });
      else if (part) flush();
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
      const { token, part, value } = bytes[start];
      texts2[token][part] = `<0x${value.toString(16).toUpperCase().padStart(2, "0")}>`;
      start += 1;
    } else {
      for (const { token, part } of run) texts2[token][part] = "";
      texts2[run[0].token][run[0].part] = character;
      start += length;
    }
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
function paintText(text2, style, out, frame, sight) {
  for (const { content, left, baseline } of lines(text2, Number.parseFloat(style.fontSize))) {
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
  const fill2 = `rgb(${[red, green, blue].map(Math.round).join(", ")})`;
  return { fill: fill2, "fill-opacity": alpha < 1 ? alpha : void 0 };
}
function lines(text2, fontSize) {
  const result = [];
  const range = document.createRange();
  let offset = 0;
  for (const character of text2.data) {
    range.setStart(text2, offset);
    offset += character.length;
    range.setEnd(text2, offset);
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
  const text2 = new XMLSerializer().serializeToString(toSvg(root, background));
  return text2.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "�");
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
      const { ref, part } = event.detail;
      if (ref !== this.owner.get("selection")) return;
      this.hover = part;
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
  preview(part) {
    const detail = { ref: this.owner.get("selection"), part };
    document.dispatchEvent(new CustomEvent(PREVIEW, { detail }));
  }
  pin(part) {
    for (const field of FIELDS) {
      const value = part[field];
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
  const fixed = boxes.filter((box, index) => box.clientHeight > 0 && box.clientHeight === before[index]);
  element2.style.minHeight = "";
  return fixed.at(-1) ?? null;
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
        title(text2) {
          const wanted = plain(common.now.title || text2);
          if (heading.textContent === wanted) return;
          writeSentence(heading, wanted);
          root.setAttribute("aria-label", wanted);
        },
        say(text2) {
          if (readout.textContent !== text2) writeSentence(readout, text2);
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
      const arranged = new MutationObserver(remeasure);
      arranged.observe(el, { attributes: true, attributeFilter: ARRANGED });
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
        arranged.disconnect();
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

// headstream/views/shared/cells/arrange.ts
var COLUMN = 24;
var ROW = 28;
var TALL2 = 34;
var GAP = 2;
var NORMAL2 = 13;
var SHARE = 0.7;
function arrange(views, width, room, wanted) {
  const inOneRow = Math.floor(width / (views * COLUMN + (views - 1) * GAP));
  const least = Math.min(NORMAL2, Math.ceil(SHARE * wanted));
  const large = wanted > NORMAL2 && inOneRow >= least;
  const asLow = room > 0 ? Math.max(least, Math.floor(room / TALL2)) : wanted;
  const em = large ? Math.min(wanted, inOneRow, asLow) : wanted;
  const fitting = large ? views : Math.floor((width + GAP * em) / ((COLUMN + GAP) * em));
  const rows = Math.ceil(views / Math.max(1, fitting));
  const columns = Math.ceil(views / rows);
  return { columns, height: columns === views ? Math.round(Math.max(ROW * em, room)) : null, em };
}

// headstream/views/shared/cells/cells.ts
function cells(frame) {
  const root = element("div", "hs-cells");
  let shown2 = [];
  let ending = new AbortController();
  frame.signal.addEventListener("abort", () => ending.abort());
  async function draw(ref, cell, signal) {
    const widget = await frame.host.getWidget(ref).catch(() => null);
    if (widget) return widget.render({ el: cell, signal });
    cell.append(element("p", "hs-damaged", { role: "alert" }, "This view is missing: run the notebook's cells again."));
  }
  return {
    root,
    place(views, room) {
      const fresh = views.join() !== shown2.join();
      if (fresh) {
        ending.abort();
        ending = new AbortController();
        shown2 = views;
        root.replaceChildren(...views.map(() => element("div", "hs-board-cell")));
      }
      const { columns, height, em } = arrange(views.length, frame.width, room ?? 0, frame.fontSize);
      root.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
      root.style.columnGap = `${GAP * em}px`;
      const all = [...root.children];
      for (const cell of all) {
        cell.dataset.hsFontSize = String(em);
        if (room === null) cell.dataset.hsHeight = WHOLE;
        else if (height === null) delete cell.dataset.hsHeight;
        else cell.dataset.hsHeight = String(height);
      }
      if (fresh) views.forEach((ref, index) => void draw(ref, all[index], ending.signal));
    }
  };
}

// headstream/views/shared/text/format.ts
function probability(p) {
  if (p > 0 && p < 5e-3) return "<.01";
  if (p < 1 && p >= 0.995) return ">.99";
  return p.toFixed(2).replace(/^0/, "");
}

// headstream/views/prompt_explorer/address.ts
var LINK = 'link[rel="headstream-models"]';
function address(given, page) {
  const named2 = given || page.querySelector(LINK)?.getAttribute("href");
  if (!named2) {
    return {
      why: "This text stays as it is, for nothing says where the model’s weights are. With a kernel, hs.explore(model, text) reads what you type."
    };
  }
  const folder = named2.endsWith("/") ? named2 : `${named2}/`;
  const url = URL.canParse(folder, page.baseURI) ? new URL(folder, page.baseURI) : null;
  if (url?.protocol === "http:" || url?.protocol === "https:") return { base: url.href };
  if (url?.protocol === "file:") {
    return {
      why: "This text stays as it is, for a page that is opened as a file cannot fetch weights: a web server’s page can, and then reads what you type."
    };
  }
  return { why: `This text stays as it is, for weights cannot be fetched from ‘${named2}’.` };
}

// carried:headstream/views/prompt_explorer/engine/model.worker.ts
var model_worker_default = '"use strict";\n(() => {\n  // headstream/views/prompt_explorer/engine/kernel.ts\n  var PAGE = 65536;\n  var ALIGNED = 16;\n  function simdKernel(bytes, room2) {\n    if (!WebAssembly.validate(bytes)) return null;\n    const memory = new WebAssembly.Memory({ initial: Math.ceil(4 * room2 / PAGE) + 1 });\n    const module = new WebAssembly.Module(bytes);\n    const loops = new WebAssembly.Instance(module, { env: { memory } }).exports;\n    let next = ALIGNED;\n    const floats = (count) => {\n      const array = new Float32Array(memory.buffer, next, count);\n      next += Math.ceil(4 * count / ALIGNED) * ALIGNED;\n      return array;\n    };\n    const four = floats(4);\n    const counts = new Int32Array(memory.buffer, four.byteOffset, 4);\n    return {\n      simd: true,\n      floats,\n      multiply: (a, rows, b, c, bias = b.bias) => loops.multiply(a.byteOffset, rows, b.k, b.data.byteOffset, bias.byteOffset, b.n, c.byteOffset),\n      scaled: (x, factor, bias, to) => loops.scaled(x.byteOffset, factor, bias.byteOffset, x.length, to.byteOffset),\n      spread(x) {\n        loops.spread(x.byteOffset, x.length, four.byteOffset);\n        return { largest: four[0], sum: four[1], weighted: four[2] };\n      },\n      exps: (x, shift, to) => loops.exps(x.byteOffset, shift, x.length, to.byteOffset),\n      dot: (x, y) => loops.dot(x.byteOffset, y.byteOffset, x.length),\n      above(x, bounds) {\n        const found = [];\n        for (let i = 0; i < bounds.length; i += 4) {\n          four.set(bounds.slice(i, i + 4));\n          loops.above(x.byteOffset, x.length, four.byteOffset);\n          found.push(...counts);\n        }\n        return found.slice(0, bounds.length);\n      }\n    };\n  }\n  function plainKernel() {\n    return {\n      simd: false,\n      floats: (count) => new Float32Array(count),\n      multiply(a, rows, b, c, bias = b.bias) {\n        for (let panel = 0; panel < b.n; panel += 8) {\n          for (let row = 0; row < rows; row++) panelOf(a, row, b, c, bias, panel);\n        }\n      },\n      scaled(x, factor, bias, to) {\n        for (let i = 0; i < x.length; i++) to[i] = x[i] * factor + bias[i];\n      },\n      spread(x) {\n        let largest = x[0];\n        for (let i = 1; i < x.length; i++) if (x[i] > largest) largest = x[i];\n        let sum2 = 0;\n        let weighted = 0;\n        for (let i = 0; i < x.length; i++) {\n          const t = x[i] - largest;\n          const e = Math.exp(t);\n          sum2 += e;\n          weighted += e * t;\n        }\n        return { largest, sum: sum2, weighted };\n      },\n      exps(x, shift, to) {\n        for (let i = 0; i < x.length; i++) to[i] = Math.exp(x[i] - shift);\n      },\n      dot(x, y) {\n        let sum2 = 0;\n        for (let i = 0; i < x.length; i++) sum2 += x[i] * y[i];\n        return sum2;\n      },\n      above: (x, bounds) => bounds.map((bound) => {\n        let count = 0;\n        for (let i = 0; i < x.length; i++) if (x[i] > bound) count++;\n        return count;\n      })\n    };\n  }\n  function panelOf(a, row, { k, n, data }, c, bias, panel) {\n    let s0 = 0;\n    let s1 = 0;\n    let s2 = 0;\n    let s3 = 0;\n    let s4 = 0;\n    let s5 = 0;\n    let s6 = 0;\n    let s7 = 0;\n    let p = panel * k;\n    for (let i = row * k; i < (row + 1) * k; i++) {\n      const x = a[i];\n      s0 += x * data[p];\n      s1 += x * data[p + 1];\n      s2 += x * data[p + 2];\n      s3 += x * data[p + 3];\n      s4 += x * data[p + 4];\n      s5 += x * data[p + 5];\n      s6 += x * data[p + 6];\n      s7 += x * data[p + 7];\n      p += 8;\n    }\n    const to = row * n + panel;\n    c[to] = s0 + bias[panel];\n    c[to + 1] = s1 + bias[panel + 1];\n    c[to + 2] = s2 + bias[panel + 2];\n    c[to + 3] = s3 + bias[panel + 3];\n    c[to + 4] = s4 + bias[panel + 4];\n    c[to + 5] = s5 + bias[panel + 5];\n    c[to + 6] = s6 + bias[panel + 6];\n    c[to + 7] = s7 + bias[panel + 7];\n  }\n  function pack(kernel, weight, bias) {\n    const n = bias.length;\n    const k = weight.length / n;\n    const matrix = { k, n, data: kernel.floats(n * k), bias: kernel.floats(n) };\n    matrix.bias.set(bias);\n    for (let column = 0; column < n; column++) {\n      const panel = (column & ~7) * k + (column & 7);\n      for (let i = 0; i < k; i++) matrix.data[panel + 8 * i] = weight[column * k + i];\n    }\n    return matrix;\n  }\n  function timesColumn({ k, n, data }, u) {\n    const product = new Float64Array(k);\n    for (let panel = 0; panel < n; panel += 8) {\n      for (let i = 0; i < k; i++) {\n        const from = panel * k + 8 * i;\n        for (let lane = 0; lane < 8; lane++) product[i] += data[from + lane] * u[panel + lane];\n      }\n    }\n    return product;\n  }\n  function columnOf({ k, data }, column) {\n    const from = (column & ~7) * k + (column & 7);\n    return Float64Array.from({ length: k }, (_, i) => data[from + 8 * i]);\n  }\n\n  // headstream/views/prompt_explorer/engine/network.ts\n  var EPS = 1e-5;\n  function roomOf({ d_model, n_layers, n_heads, d_head, d_mlp, n_ctx, d_vocab }, tensors) {\n    const weights = [...tensors.values()].reduce((sum2, tensor) => sum2 + tensor.length, 0);\n    const heads = n_heads * d_head;\n    const kept = (1 + 2 * n_layers) * d_model + 3 * n_layers * heads + d_vocab;\n    return weights + n_ctx * (kept + 2 * d_model + heads + d_mlp);\n  }\n  var triangle = (query) => query * (query + 1) / 2;\n  var Network = class {\n    constructor(config, tensors, kernel) {\n      this.config = config;\n      this.kernel = kernel;\n      const { d_model, n_layers, n_heads, d_head, d_mlp, n_ctx, d_vocab } = config;\n      const linear = (name) => pack(kernel, tensors.get(`${name}.weight`), tensors.get(`${name}.bias`));\n      const each = (count, make) => Array.from({ length: count }, (_, i) => make(i));\n      const kept = (width) => kernel.floats(n_ctx * width);\n      this.layers = each(n_layers, (layer) => ({\n        query: linear(`blocks.${layer}.attn.q`),\n        key: linear(`blocks.${layer}.attn.k`),\n        value: linear(`blocks.${layer}.attn.v`),\n        out: linear(`blocks.${layer}.attn.o`),\n        mlp: d_mlp ? { in: linear(`blocks.${layer}.mlp.in`), out: linear(`blocks.${layer}.mlp.out`) } : null\n      }));\n      this.unembed = linear("unembed");\n      this.embed = tensors.get("embed.weight");\n      this.positions = tensors.get("pos_embed.weight");\n      this.stream = each(1 + n_layers * (d_mlp ? 2 : 1), () => kept(d_model));\n      [this.keys, this.values, this.mixtures] = each(3, () => each(n_layers, () => kept(n_heads * d_head)));\n      this.patterns = each(n_layers, () => each(n_heads, () => new Float32Array(triangle(n_ctx))));\n      this.logits = kept(d_vocab);\n      this.normed = kept(d_model);\n      this.queries = kept(n_heads * d_head);\n      this.written = kept(d_model);\n      this.hidden = kept(d_mlp);\n    }\n    config;\n    kernel;\n    /** The text that the activations are of. */\n    ids = [];\n    layers;\n    unembed;\n    /** W_E [d_vocab, d_model] and W_pos [n_ctx, d_model]. */\n    embed;\n    positions;\n    /** The stream after the embedding, each attention and each MLP: [row][position, d_model]. */\n    stream;\n    /** [layer][position, head, d_head]. */\n    keys;\n    values;\n    mixtures;\n    /** [layer][head][query, key up to the query]. */\n    patterns;\n    /** [position, d_vocab]. */\n    logits;\n    normed;\n    queries;\n    written;\n    hidden;\n    /** Computes what is new, and returns the first position of it. */\n    forward(ids) {\n      let start = 0;\n      while (start < ids.length && ids[start] === this.ids[start]) start++;\n      this.ids = ids;\n      if (start === ids.length) return start;\n      const { config, kernel, stream } = this;\n      const { d_model: width, d_vocab } = config;\n      const count = ids.length - start;\n      for (let at = start; at < ids.length; at++) {\n        for (let i = 0; i < width; i++) {\n          stream[0][at * width + i] = this.embed[ids[at] * width + i] + this.positions[at * width + i];\n        }\n      }\n      let row = 0;\n      const write = (from, matrix) => {\n        kernel.multiply(from, count, matrix, this.written);\n        const [before, after] = [stream[row].subarray(start * width), stream[row + 1].subarray(start * width)];\n        for (let i = 0; i < count * width; i++) after[i] = before[i] + this.written[i];\n        row += 1;\n      };\n      this.layers.forEach((layer, index) => {\n        const kept = start * layer.query.n;\n        this.norm(row, start);\n        kernel.multiply(this.normed, count, layer.query, this.queries);\n        kernel.multiply(this.normed, count, layer.key, this.keys[index].subarray(kept));\n        kernel.multiply(this.normed, count, layer.value, this.values[index].subarray(kept));\n        for (let head = 0; head < config.n_heads; head++) this.attend(index, head, start);\n        write(this.mixtures[index].subarray(kept), layer.out);\n        if (!layer.mlp) return;\n        this.norm(row, start);\n        kernel.multiply(this.normed, count, layer.mlp.in, this.hidden);\n        activate(this.hidden, count * config.d_mlp);\n        write(this.hidden, layer.mlp.out);\n      });\n      this.norm(row, start);\n      kernel.multiply(this.normed, count, this.unembed, this.logits.subarray(start * d_vocab));\n      return start;\n    }\n    /** The scale that a LayerNorm divides a row of the stream by; 1 in a model without. */\n    scale(row, position) {\n      if (!this.config.ln) return 1;\n      const { d_model: width } = this.config;\n      const [mean, variance] = moments(this.stream[row], position * width, width);\n      return Math.sqrt(variance - mean * mean + EPS);\n    }\n    /** What is read of a row of the stream at one position, before it is divided by the scale: centred where there is a LayerNorm. */\n    centred(row, position, to) {\n      const { d_model: width, ln } = this.config;\n      const from = position * width;\n      const mean = ln ? moments(this.stream[row], from, width)[0] : 0;\n      for (let i = 0; i < width; i++) to[i] = this.stream[row][from + i] - mean;\n    }\n    /** What a layer reads of a row of the stream, from a position on, into `normed`. */\n    norm(row, start) {\n      const { d_model: width } = this.config;\n      for (let at = start; at < this.ids.length; at++) {\n        const to = this.normed.subarray((at - start) * width, (at - start + 1) * width);\n        const scale = this.scale(row, at);\n        this.centred(row, at, to);\n        for (let i = 0; i < width; i++) to[i] /= scale;\n      }\n    }\n    /** One head\'s pattern and mixture of values, for the queries from a position on. */\n    attend(layer, head, start) {\n      const { n_heads, d_head } = this.config;\n      const width = n_heads * d_head;\n      const [keys, values, mixtures] = [this.keys[layer], this.values[layer], this.mixtures[layer]];\n      const pattern = this.patterns[layer][head];\n      const scale = 1 / Math.sqrt(d_head);\n      const shift = head * d_head;\n      for (let query = start; query < this.ids.length; query++) {\n        const from = (query - start) * width + shift;\n        const to = query * width + shift;\n        const row = triangle(query);\n        let largest = Number.NEGATIVE_INFINITY;\n        for (let key = 0; key <= query; key++) {\n          let score = 0;\n          for (let i = 0; i < d_head; i++) score += this.queries[from + i] * keys[key * width + shift + i];\n          pattern[row + key] = score * scale;\n          largest = Math.max(largest, pattern[row + key]);\n        }\n        let sum2 = 0;\n        for (let key = 0; key <= query; key++) {\n          pattern[row + key] = Math.exp(pattern[row + key] - largest);\n          sum2 += pattern[row + key];\n        }\n        mixtures.fill(0, to, to + d_head);\n        for (let key = 0; key <= query; key++) {\n          const p = pattern[row + key] / sum2;\n          pattern[row + key] = p;\n          for (let i = 0; i < d_head; i++) mixtures[to + i] += p * values[key * width + shift + i];\n        }\n      }\n    }\n  };\n  function moments(numbers, from, count) {\n    let sum2 = 0;\n    let squares = 0;\n    for (let i = from; i < from + count; i++) {\n      sum2 += numbers[i];\n      squares += numbers[i] * numbers[i];\n    }\n    return [sum2 / count, squares / count];\n  }\n  function activate(numbers, count) {\n    const twice = -2 * Math.sqrt(2 / Math.PI);\n    for (let i = 0; i < count; i++) {\n      const x = numbers[i];\n      numbers[i] = x / (1 + Math.exp(twice * (x + 0.044715 * x * x * x)));\n    }\n  }\n\n  // headstream/views/prompt_explorer/engine/bars.ts\n  var Attribution = class {\n    constructor(network) {\n      this.network = network;\n      const { unembed, layers, config } = network;\n      const share = new Float64Array(unembed.n).fill(1 / unembed.n);\n      this.meanColumn = timesColumn(unembed, share);\n      this.meanBias = dot(unembed.bias, 0, share);\n      this.biases = new Float64Array(config.d_model);\n      for (const { out, mlp } of layers) {\n        for (let i = 0; i < config.d_model; i++) this.biases[i] += out.bias[i] + (mlp ? mlp.out.bias[i] : 0);\n      }\n    }\n    network;\n    /** Of W_U over the vocabulary, and of b_U. */\n    meanColumn;\n    meanBias;\n    biases;\n    /** Of the logit of a token less the vocabulary\'s mean, at every position. */\n    of(target) {\n      const { network } = this;\n      const { config, unembed, ids, layers, stream } = network;\n      const { d_model: width, d_head, d_vocab, n_heads } = config;\n      const size = ids.length;\n      const direction = columnOf(unembed, target).map((number, i) => number - this.meanColumn[i]);\n      const mean = config.ln ? direction.reduce((sum2, number) => sum2 + number, 0) / width : 0;\n      const reader = direction.map((number) => number - mean);\n      const scales = ids.map((_, at) => network.scale(stream.length - 1, at));\n      const rows = [];\n      const read = (value) => {\n        rows.push(Float32Array.from(ids, (_, at) => value(at) / scales[at]));\n      };\n      const sources = [];\n      read((at) => dot(network.embed, ids[at] * width, reader));\n      read((at) => dot(network.positions, at * width, reader));\n      let row = 0;\n      layers.forEach(({ out, mlp }, layer) => {\n        const readers = timesColumn(out, reader);\n        for (let head = 0; head < n_heads; head++) {\n          const one = readers.subarray(head * d_head, (head + 1) * d_head);\n          const place = (at) => (at * n_heads + head) * d_head;\n          read((at) => dot(network.mixtures[layer], place(at), one));\n          const brought = ids.map((_, at) => dot(network.values[layer], place(at), one));\n          sources.push(triangles(network.patterns[layer][head], brought, scales));\n        }\n        row += 1;\n        if (!mlp) return;\n        const [before, after] = [stream[row], stream[row + 1]];\n        const bias2 = dot(mlp.out.bias, 0, reader);\n        read((at) => dot(after, at * width, reader) - dot(before, at * width, reader) - bias2);\n        row += 1;\n      });\n      const bias = dot(this.biases, 0, reader);\n      const offset = unembed.bias[target] - this.meanBias;\n      rows.push(Float32Array.from(scales, (scale) => bias / scale + offset));\n      const total = Float32Array.from(ids, (_, at) => {\n        let sum2 = 0;\n        for (let i = at * d_vocab; i < (at + 1) * d_vocab; i++) sum2 += network.logits[i];\n        return network.logits[at * d_vocab + target] - sum2 / d_vocab;\n      });\n      return { values: joined(rows, size), total, sources: joined(sources, triangle(size)) };\n    }\n  };\n  function dot(numbers, from, by) {\n    let sum2 = 0;\n    for (let i = 0; i < by.length; i++) sum2 += numbers[from + i] * by[i];\n    return sum2;\n  }\n  function triangles(pattern, brought, scales) {\n    const found = new Float32Array(triangle(brought.length));\n    for (let query = 0, at = 0; query < brought.length; query++) {\n      for (let key = 0; key <= query; key++, at++) found[at] = pattern[at] * brought[key] / scales[query];\n    }\n    return found;\n  }\n  function joined(rows, width) {\n    const all = new Float32Array(rows.length * width);\n    rows.forEach((row, index) => {\n      all.set(row.subarray(0, width), index * width);\n    });\n    return all;\n  }\n\n  // headstream/views/prompt_explorer/engine/lens.ts\n  var BLOCK = 8;\n  var lensRoom = (rows, { d_model, d_vocab }) => rows * BLOCK * (d_model + d_vocab) + (2 * rows + 2) * d_vocab;\n  var LensReader = class {\n    constructor(network, kernel) {\n      this.network = network;\n      this.kernel = kernel;\n      const { d_model, d_vocab, ln } = network.config;\n      this.rows = network.stream.length;\n      this.norms = ln ? 2 : 1;\n      this.centred = kernel.floats(this.rows * BLOCK * d_model);\n      this.products = kernel.floats(this.rows * BLOCK * d_vocab);\n      this.logits = Array.from({ length: this.norms * this.rows }, () => kernel.floats(d_vocab));\n      this.nothing = kernel.floats(d_vocab);\n      this.last = kernel.floats(d_vocab);\n    }\n    network;\n    kernel;\n    rows;\n    /** "own" and "final" where there is a LayerNorm, else "none". */\n    norms;\n    centred;\n    products;\n    /** [norm, row], the logits at one position. */\n    logits;\n    nothing;\n    last;\n    /** One a position, of the text that was read last, with so many best tokens of every row. */\n    readings = [];\n    top = 0;\n    /** Reads all positions from one before `start` on; `top` tokens of every row are candidates. */\n    read(start, top) {\n      const { ids } = this.network;\n      const first = top === this.top ? Math.min(this.readings.length, Math.max(0, start - 1)) : 0;\n      this.readings.length = first;\n      this.top = top;\n      for (let from = first; from < ids.length; from += BLOCK) {\n        const to = Math.min(ids.length, from + BLOCK);\n        this.multiply(from, to);\n        for (let at = from; at < to; at++) this.readings.push(this.readAt(at, at - from, to - from));\n      }\n    }\n    /** The products of all rows but the last, [row, position], whose logits the network has. */\n    multiply(from, to) {\n      const { network, rows } = this;\n      const { d_model: width } = network.config;\n      let place = 0;\n      for (let row = 0; row + 1 < rows; row++) {\n        for (let at = from; at < to; at++, place++) {\n          network.centred(row, at, this.centred.subarray(place * width, (place + 1) * width));\n        }\n      }\n      this.kernel.multiply(this.centred, place, network.unembed, this.products, this.nothing);\n    }\n    readAt(position, column, columns) {\n      const { network, kernel, rows, norms, logits } = this;\n      const { d_vocab: size } = network.config;\n      const spreads = [];\n      const final = network.scale(rows - 1, position);\n      const output = network.logits.subarray(position * size, (position + 1) * size);\n      for (let norm = 0; norm < norms; norm++) {\n        for (let row = 0; row < rows; row++) {\n          const here = logits[norm * rows + row];\n          const product = this.products.subarray((row * columns + column) * size, (row * columns + column + 1) * size);\n          const scale = norm === 0 ? network.scale(row, position) : final;\n          if (row === rows - 1) here.set(output);\n          else kernel.scaled(product, 1 / scale, network.unembed.bias, here);\n          spreads.push(kernel.spread(here));\n        }\n      }\n      const normaliser = spreads.map(({ largest, sum: sum2 }) => largest + Math.log(sum2));\n      kernel.exps(output, normaliser[rows - 1], this.last);\n      const expected = logits.map((here, index) => kernel.dot(this.last, here) - normaliser[index]);\n      const wanted = new Set(logits.flatMap((here) => best(here, this.top)));\n      const next = network.ids[position + 1];\n      if (next !== void 0) wanted.add(next);\n      const ids = [...wanted].sort((a, b) => a - b);\n      const ranks = logits.map((here) => this.ranks(here, ids));\n      const order = ids.map((_, index) => index).sort((a, b) => ranks[rows - 1][a] - ranks[rows - 1][b]);\n      const each = (number) => logits.flatMap((_, cell) => order.map((candidate) => number(cell, candidate)));\n      return {\n        candidates: order.map((candidate) => ids[candidate]),\n        logProb: Float32Array.from(each((cell, candidate) => logits[cell][ids[candidate]] - normaliser[cell])),\n        rank: Int32Array.from(each((cell, candidate) => ranks[cell][candidate])),\n        entropy: Float32Array.from(spreads, ({ sum: sum2, weighted }) => Math.log(sum2) - weighted / sum2),\n        // Rounding can leave less than nothing.\n        kl: Float32Array.from(expected, (here) => Math.max(0, expected[rows - 1] - here))\n      };\n    }\n    /** How many tokens are more probable than each, and of the candidates, which grow, the equally probable ones before it. */\n    ranks(logits, ids) {\n      const numbers = ids.map((id) => logits[id]);\n      return this.kernel.above(logits, numbers).map((above, index) => {\n        const equal = numbers.slice(0, index).filter((other) => other === numbers[index]).length;\n        return above + equal;\n      });\n    }\n  };\n  function best(numbers, count) {\n    const found = [];\n    let least = Number.NEGATIVE_INFINITY;\n    for (let place = 0; place < numbers.length; place++) {\n      const number = numbers[place];\n      if (number <= least) continue;\n      let at = found.length;\n      while (at > 0 && numbers[found[at - 1]] < number) at--;\n      found.splice(at, 0, place);\n      if (found.length > count) found.pop();\n      if (found.length === count) least = numbers[found[count - 1]];\n    }\n    return found;\n  }\n\n  // headstream/views/prompt_explorer/engine/half.ts\n  var float = new Float32Array(1);\n  var bits = new Uint32Array(float.buffer);\n  function halfOf(value) {\n    float[0] = value;\n    const sign = bits[0] >>> 16 & 32768;\n    const size = bits[0] & 2147483647;\n    if (size > 2139095040) return sign | 32256;\n    if (size >= 1199566848) return sign | 31744;\n    if (size < 947912704) return sign | toEven(Math.abs(float[0]) * 2 ** 24);\n    return sign | size - 939524096 + 4095 + (size >>> 13 & 1) >>> 13;\n  }\n  function halves(values) {\n    const all = new Uint16Array(values.length);\n    for (let i = 0; i < all.length; i++) all[i] = halfOf(values[i]);\n    return all;\n  }\n  function toEven(value) {\n    const below = Math.floor(value);\n    const rest = value - below;\n    return rest > 0.5 || rest === 0.5 && below % 2 === 1 ? below + 1 : below;\n  }\n\n  // headstream/views/prompt_explorer/engine/sent.ts\n  var SOURCES_BUDGET = 4e6;\n  function sent(dtype, shape, numbers) {\n    const scale = dtype === "uint8" ? "sqrt" : "linear";\n    return { dtype, shape, scale, deflated: false, data: numbers.buffer };\n  }\n  function tokenTraits(ids, labels) {\n    return { tokens: ids.map((id) => labels[id]), token_ids: sent("int32", [ids.length], Int32Array.from(ids)) };\n  }\n  function attentionTraits({ config, ids, patterns, values }) {\n    const { n_layers, n_heads, d_head } = config;\n    const size = triangle(ids.length);\n    const pattern = new Uint8Array(n_layers * n_heads * size);\n    patterns.flat().forEach((head, index) => {\n      for (let i = 0; i < size; i++) pattern[index * size + i] = toEven(255 * Math.sqrt(Math.min(1, head[i])));\n    });\n    const norms = new Float32Array(n_layers * n_heads * ids.length);\n    for (let index = 0; index < norms.length; index++) {\n      const [one, at] = [Math.floor(index / ids.length), index % ids.length];\n      const rows = values[Math.floor(one / n_heads)];\n      const from = (at * n_heads + one % n_heads) * d_head;\n      let squares = 0;\n      for (let i = from; i < from + d_head; i++) squares += rows[i] * rows[i];\n      norms[index] = Math.sqrt(squares);\n    }\n    return {\n      pattern: sent("uint8", [n_layers, n_heads, size], pattern),\n      packed: true,\n      value_norm: sent("float32", [n_layers, n_heads, ids.length], norms)\n    };\n  }\n  function barsTraits({ values, total, sources }, target, position) {\n    const size = total.length;\n    const heads = sources.length / triangle(size);\n    let largest = 0;\n    for (let i = 0; i < sources.length; i++) largest = Math.max(largest, Math.abs(sources[i]));\n    const half = largest === 0 || largest >= 0.01 && largest <= 1e3;\n    const bytes = sources.length * (half ? 2 : 4);\n    const note = `What each of ${heads} heads brings from each of ${size} tokens would take ${mega(bytes)}, more than the ${SOURCES_BUDGET / 1e6} MB that are sent: a shorter text shows it.`;\n    const fits = bytes <= SOURCES_BUDGET;\n    const packed = half ? sent("float16", [heads, triangle(size)], halves(sources)) : null;\n    return {\n      values: sent("float32", [values.length / size, size], values),\n      total: sent("float32", [size], total),\n      sources: heads && fits ? packed ?? sent("float32", [heads, triangle(size)], sources) : null,\n      sources_note: heads && !fits ? note : "",\n      quantity: `logit of ${target} less the vocabulary\'s mean`,\n      default_position: position\n    };\n  }\n  var mega = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;\n  function lensTraits(readings, norms, rows, ids) {\n    const counts = readings.map(({ candidates: candidates2 }) => candidates2.length);\n    const starts = Int32Array.from([0, ...counts]);\n    for (let i = 1; i < starts.length; i++) starts[i] += starts[i - 1];\n    const candidates = readings.flatMap((reading) => reading.candidates);\n    const cells = norms * rows;\n    const shape = [norms, rows, candidates.length];\n    const all = (of, to) => {\n      for (let cell = 0, at = 0; cell < cells; cell++) {\n        readings.forEach((reading, position) => {\n          const count = counts[position];\n          to.set(of(reading).subarray(cell * count, (cell + 1) * count), at);\n          at += count;\n        });\n      }\n      return to;\n    };\n    const each = (of) => {\n      const numbers = new Float32Array(cells * readings.length);\n      for (let i = 0; i < numbers.length; i++) {\n        numbers[i] = of(readings[i % readings.length])[Math.floor(i / readings.length)];\n      }\n      return sent("float32", [norms, rows, readings.length], numbers);\n    };\n    const rank = all((reading) => reading.rank, new Int32Array(cells * candidates.length));\n    const logProb = all((reading) => reading.logProb, new Float32Array(cells * candidates.length));\n    const small = rank.every((number) => number < 2 ** 16);\n    return {\n      starts: sent("int32", [starts.length], starts),\n      ids: sent("int32", [candidates.length], Int32Array.from(candidates)),\n      // What float16 cannot hold is a probability of 0 as well.\n      log_prob: sent("float16", shape, halves(logProb.map((number) => Math.max(-6e4, number)))),\n      rank: small ? sent("uint16", shape, Uint16Array.from(rank)) : sent("int32", shape, rank),\n      entropy: each((reading) => reading.entropy),\n      kl: each((reading) => reading.kl),\n      change: null,\n      next_token: sent(\n        "int32",\n        [ids.length],\n        Int32Array.from(ids, (_, at) => ids[at + 1] ?? -1)\n      )\n    };\n  }\n  function activations(network, readings) {\n    const { config, ids, stream, patterns, mixtures, logits } = network;\n    return {\n      stream: joined(stream, ids.length * config.d_model),\n      patterns: joined(patterns.flat(), triangle(ids.length)),\n      mixtures: joined(mixtures, ids.length * config.n_heads * config.d_head),\n      logits: logits.slice(0, ids.length * config.d_vocab),\n      readings\n    };\n  }\n\n  // headstream/views/prompt_explorer/engine/tokenizer.ts\n  var NoPrompt = class extends Error {\n  };\n  var Tokenizer = class {\n    constructor(vocabulary) {\n      this.vocabulary = vocabulary;\n      const { labels, merges, word, space } = vocabulary;\n      for (let i = 0; i < merges.length; i += 3) {\n        this.merges.set(merges[i] * labels.length + merges[i + 1], { rank: i, made: merges[i + 2] });\n      }\n      const parts = [\n        `\'(?:[sdmt]|ll|ve|re)(?![${ranges(word)}])`,\n        " ?[A-Za-z]+",\n        "[0-9]",\n        ` ?[^${ranges(space)}A-Za-z0-9]+`,\n        "\\\\n+",\n        "[ \\\\t]+(?=\\\\n)",\n        "[ \\\\t]+(?! )"\n      ];\n      this.pieces = new RegExp(parts.join("|"), "gu");\n    }\n    vocabulary;\n    pieces;\n    /** By left · vocabulary + right: the merge\'s place and the token it makes. */\n    merges = /* @__PURE__ */ new Map();\n    known = /* @__PURE__ */ new Map();\n    /** The tokens of a text and of nothing else. Throws NoPrompt for half a surrogate pair. */\n    encode(text) {\n      const half = text.search(/\\p{Surrogate}/u);\n      if (half >= 0) {\n        const place = [...text.slice(0, half)].length;\n        throw new NoPrompt(`text: expected Unicode, got half a surrogate pair at character ${place}`);\n      }\n      const ids = [];\n      const take = (piece) => {\n        for (const id of this.merged(piece)) ids.push(id);\n      };\n      let end = 0;\n      for (const match of text.matchAll(this.pieces)) {\n        if (match.index > end) take(text.slice(end, match.index));\n        take(match[0]);\n        end = match.index + match[0].length;\n      }\n      if (end < text.length) take(text.slice(end));\n      return ids;\n    }\n    /** A token in quotes, as Python has it. */\n    quoted(id) {\n      return this.vocabulary.quoted[id] ?? `\'${this.vocabulary.labels[id]}\'`;\n    }\n    merged(piece) {\n      const before = this.known.get(piece);\n      if (before) return before;\n      const { bytes, labels } = this.vocabulary;\n      const ids = Array.from(new TextEncoder().encode(piece), (byte) => bytes[byte]);\n      for (; ; ) {\n        let best2;\n        let at = -1;\n        for (let i = 0; i + 1 < ids.length; i++) {\n          const merge = this.merges.get(ids[i] * labels.length + ids[i + 1]);\n          if (merge && (!best2 || merge.rank < best2.rank)) [best2, at] = [merge, i];\n        }\n        if (!best2) break;\n        ids.splice(at, 2, best2.made);\n      }\n      this.known.set(piece, ids);\n      return ids;\n    }\n  };\n  function ranges(pairs) {\n    const hex = (code) => `\\\\u{${code.toString(16)}}`;\n    let inside = "";\n    for (let i = 0; i < pairs.length; i += 2) inside += `${hex(pairs[i])}-${hex(pairs[i + 1])}`;\n    return inside;\n  }\n\n  // headstream/views/prompt_explorer/engine/explored.ts\n  var room = (config, tensors) => roomOf(config, tensors) + lensRoom(1 + config.n_layers * (config.d_mlp ? 2 : 1), config);\n  var Explored = class {\n    network;\n    tokenizer;\n    lens;\n    attribution;\n    asked = null;\n    /** The first position of which the lens is to be read. */\n    unread = 0;\n    constructor(config, tensors, vocabulary, kernel) {\n      this.network = new Network(config, tensors, kernel);\n      this.lens = new LensReader(this.network, kernel);\n      this.attribution = new Attribution(this.network);\n      this.tokenizer = new Tokenizer(vocabulary);\n    }\n    /** All but the lens, which takes longest. Throws NoPrompt for a text that the model does not read. */\n    answer({ text, position, target }) {\n      const { network, tokenizer } = this;\n      const { labels } = tokenizer.vocabulary;\n      const { n_ctx, d_vocab } = network.config;\n      const changed = text !== this.asked;\n      if (changed) {\n        this.unread = network.forward(this.ids(text, n_ctx));\n        this.asked = text;\n      }\n      const { ids } = network;\n      const place = position === null || position >= ids.length ? ids.length - 1 : position;\n      const token = target ?? best(network.logits.subarray(place * d_vocab, (place + 1) * d_vocab), 1)[0];\n      const bars = barsTraits(this.attribution.of(token), tokenizer.quoted(token), place);\n      return {\n        tokens: ids.length,\n        position: place,\n        target: token,\n        heatmap: changed ? { ...tokenTraits(ids, labels), ...attentionTraits(network) } : null,\n        bars: { ...tokenTraits(ids, labels), ...bars }\n      };\n    }\n    /** The lens of the text that was answered last; null where it is the one that was read last. */\n    read(top) {\n      const { network, tokenizer, lens, unread } = this;\n      const { ids } = network;\n      const { labels } = tokenizer.vocabulary;\n      this.unread = ids.length;\n      if (unread >= ids.length && lens.readings.length === ids.length && top === lens.top) return null;\n      lens.read(unread, top);\n      const known = lens.readings.flatMap(({ candidates }) => candidates);\n      const vocabulary = Object.fromEntries(known.map((id) => [String(id), labels[id]]));\n      return { ...tokenTraits(ids, labels), ...lensTraits(lens.readings, lens.norms, lens.rows, ids), vocabulary };\n    }\n    ids(text, most) {\n      if (text === "") throw new NoPrompt("prompt: expected at least one character, got none");\n      const { start } = this.tokenizer.vocabulary;\n      const ids = [start, ...this.tokenizer.encode(text)];\n      if (ids.length > most) {\n        throw new NoPrompt(\n          `prompt: expected at most ${most} tokens with the start token, which is all that the model reads, got ${ids.length}`\n        );\n      }\n      return ids;\n    }\n  };\n\n  // carried:headstream/views/prompt_explorer/engine/kernel.wasm.ts\n  var kernel_wasm_default = "AGFzbQEAAAABJwVgA39/fwBgBX99f39/AGAHf39/f39/fwBgBH99f38AYAN/f38BfQIPAQNlbnYGbWVtb3J5AgAAAwcGAAECAwQABzwHCG11bHRpcGx5AAIGc2NhbGVkAAEGc3ByZWFkAAAEZXhwcwADA2RvdAAEBWFib3ZlAAUGbWVtb3J5AgAKug8GzgQDB3sBfwF9IAAgAUECdGohCiAA/QAEACEDIAAhAQNAIAEgCkkEQCADIAH9AAQA/esBIQMgAUEQaiEBDAELCyAD/R8CIAP9HwOXIAP9HwAgA/0fAZeXIgv9EyEF/QwAAAAAAAAAAAAAAAAAAAAAIQMDQCAAIApJBEAgAP0ABAAgBf3lASIG/QwAAK7CAACuwgAArsIAAK7C/esBIgj9DDuquD87qrg/O6q4PzuquD/95gH9DAAAQEsAAEBLAABASwAAQEv95AEiB/0MAABASwAAQEsAAEBLAABAS/3lASEJIAP9DGdpUDlnaVA5Z2lQOWdpUDkgCCAJ/QwAgDE/AIAxPwCAMT8AgDE//eYB/eUBIAn9DIOAXjmDgF45g4BeOYOAXjn95gH95AEiA/3mAf0MzkO3Os5DtzrOQ7c6zkO3Ov3kASAD/eYB/QwIiQg8CIkIPAiJCDwIiQg8/eQBIAP95gH9DMGpKj3BqSo9wakqPcGpKj395AEgA/3mAf0MqqoqPqqqKj6qqio+qqoqPv3kASAD/eYB/QwAAAA/AAAAPwAAAD8AAAA//eQBIAP95gEgA/3mASAD/eQB/QwAAIA/AACAPwAAgD8AAIA//eQBIAf9DH8AAAB/AAAAfwAAAH8AAAD9rgFBF/2rAf3mASIH/eQBIQMgBCAHIAb95gH95AEhBCAAQRBqIQAMAQsLIAIgCzgCACACIAP9HwAgA/0fAZIgA/0fApIgA/0fA5I4AgQgAiAE/R8AIAT9HwGSIAT9HwKSIAT9HwOSOAIIC0YCAX8BeyAB/RMhBgNAIAUgA0ECdEkEQCAEIAVqIAAgBWr9AAQAIAb95gEgAiAFav0ABAD95AH9CwQAIAVBEGohBQwBCwsLvgQCDXsGfyACQQJ0IRcgBUECdCEWA0AgFCAWSQRAIAQgFGoiAv0ABAAhCCAC/QAEECEHIAAhBSAGIBRqIRhBACEVA0AgFUEEaiABTARAIAgiDiEQIAciDSEPIAgiCiEMIAciCSELIAMhAiAFIBdqIRkDQCAFIBlJBEAgAv0ABAAhEiAC/QAEECERIAJBIGohAiAOIAX9CQIAIhMgEv3mAf3kASEOIA0gEyAR/eYB/eQBIQ0gECAFIBdq/QkCACITIBL95gH95AEhECAPIBMgEf3mAf3kASEPIAogBSAXQQF0av0JAgAiEyAS/eYB/eQBIQogCSATIBH95gH95AEhCSAMIAUgF0EDbGr9CQIAIhMgEv3mAf3kASEMIAsgEyAR/eYB/eQBIQsgBUEEaiEFDAELCyAFIBdBA2xqIQUgGCAO/QsEACAYIA39CwQQIBYgGGoiAiAQ/QsEACACIA/9CwQQIBggFkEBdGoiAiAK/QsEACACIAn9CwQQIBggFkEDbGoiAiAM/QsEACACIAv9CwQQIBggFkECdGohGCAVQQRqIRUMAQsLA0AgASAVSgRAIAghDCAHIQsgAyECIAUgF2ohGQNAIAUgGUkEQCAMIAX9CQIAIgkgAv0ABAD95gH95AEhDCALIAkgAv0ABBD95gH95AEhCyACQSBqIQIgBUEEaiEFDAELCyAYIAz9CwQAIBggC/0LBBAgFiAYaiEYIBVBAWohFQwBCwsgAyAXQQN0aiEDIBRBIGohFAwBCwsLoQMCBHsBfyAB/RMhBANAIAggAkECdEkEQCAAIAhq/QAEACAE/eUB/QwAAK7CAACuwgAArsIAAK7C/esBIgb9DDuquD87qrg/O6q4PzuquD/95gH9DAAAQEsAAEBLAABASwAAQEv95AEiBf0MAABASwAAQEsAAEBLAABAS/3lASEHIAMgCGr9DGdpUDlnaVA5Z2lQOWdpUDkgBiAH/QwAgDE/AIAxPwCAMT8AgDE//eYB/eUBIAf9DIOAXjmDgF45g4BeOYOAXjn95gH95AEiBv3mAf0MzkO3Os5DtzrOQ7c6zkO3Ov3kASAG/eYB/QwIiQg8CIkIPAiJCDwIiQg8/eQBIAb95gH9DMGpKj3BqSo9wakqPcGpKj395AEgBv3mAf0MqqoqPqqqKj6qqio+qqoqPv3kASAG/eYB/QwAAAA/AAAAPwAAAD8AAAA//eQBIAb95gEgBv3mASAG/eQB/QwAAIA/AACAPwAAgD8AAIA//eQBIAX9DH8AAAB/AAAAfwAAAH8AAAD9rgFBF/2rAf3mAf0LBAAgCEEQaiEIDAELCwtQAgF7AX8DQCAEIAJBAnRJBEAgAyAAIARq/QAEACABIARq/QAEAP3mAf3kASEDIARBEGohBAwBCwsgA/0fACAD/R8BkiAD/R8CkiAD/R8DkgvsAQEJeyAC/QkCACEIIAL9CQIEIQkgAv0JAgghCiAC/QkCDCELIAAgAUECdGohAQNAIAAgAUkEQCADIAD9AAQAIgcgCP1E/bEBIQMgBCAHIAn9RP2xASEEIAUgByAK/UT9sQEhBSAGIAcgC/1E/bEBIQYgAEEQaiEADAELCyACIAP9GwAgA/0bAWogA/0bAmogA/0bA2o2AgAgAiAE/RsAIAT9GwFqIAT9GwJqIAT9GwNqNgIEIAIgBf0bACAF/RsBaiAF/RsCaiAF/RsDajYCCCACIAb9GwAgBv0bAWogBv0bAmogBv0bA2o2AgwL";\n\n  // headstream/views/shared/wire/arrays.ts\n  var LARGE = 2 ** 17;\n  function halfToFloat(bits2) {\n    const sign = bits2 & 32768 ? -1 : 1;\n    const exponent = bits2 >> 10 & 31;\n    const fraction = bits2 & 1023;\n    if (exponent === 0) return sign * fraction * 2 ** -24;\n    if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;\n    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);\n  }\n  function numbersOf(length, value) {\n    const out = new Float32Array(length);\n    for (let i = 0; i < length; i++) out[i] = value(i);\n    return out;\n  }\n  var PROBABILITIES = numbersOf(256, (byte) => (byte / 255) ** 2);\n\n  // headstream/views/prompt_explorer/engine/weights.ts\n  var DamagedWeights = class extends Error {\n  };\n  function tensorsOf(file2) {\n    let header;\n    let start;\n    try {\n      const length = Number(new DataView(file2).getBigUint64(0, true));\n      start = 8 + length;\n      header = JSON.parse(new TextDecoder().decode(new Uint8Array(file2, 8, length)));\n    } catch {\n      throw new DamagedWeights("the weights\' file has no header that can be read");\n    }\n    const values = Float32Array.from({ length: 1 << 16 }, (_, bits2) => halfToFloat(bits2));\n    const tensors = /* @__PURE__ */ new Map();\n    for (const [name, { dtype, data_offsets }] of Object.entries(header)) {\n      const [from, to] = data_offsets;\n      if (dtype !== "F16" || start + to > file2.byteLength) {\n        throw new DamagedWeights(`${name}: expected ${to - from} bytes of float16 in the weights\' file`);\n      }\n      const halves2 = new Uint16Array(file2.slice(start + from, start + to));\n      const tensor = new Float32Array(halves2.length);\n      for (let i = 0; i < halves2.length; i++) tensor[i] = values[halves2[i]];\n      tensors.set(name, tensor);\n    }\n    return tensors;\n  }\n  function fold(tensors, { n_layers, d_model, d_mlp, ln }) {\n    if (!ln) return;\n    const get = (name) => tensors.get(name);\n    const linear = (name) => [get(`${name}.weight`), get(`${name}.bias`)];\n    centreRows(get("embed.weight"), d_model);\n    centreRows(get("pos_embed.weight"), d_model);\n    for (let layer = 0; layer < n_layers; layer++) {\n      const block = `blocks.${layer}`;\n      for (const name of ["q", "k", "v"]) foldNorm(linear(`${block}.attn.${name}`), linear(`${block}.ln1`));\n      const [out, outBias] = linear(`${block}.attn.o`);\n      const valueBias = get(`${block}.attn.v.bias`);\n      centreColumns(out, outBias);\n      for (let o = 0; o < outBias.length; o++) {\n        outBias[o] += sum(valueBias.length, (i) => out[o * valueBias.length + i] * valueBias[i]);\n      }\n      valueBias.fill(0);\n      centreRows(outBias, outBias.length);\n      if (!d_mlp) continue;\n      foldNorm(linear(`${block}.mlp.in`), linear(`${block}.ln2`));\n      centreColumns(...linear(`${block}.mlp.out`));\n    }\n    foldNorm(linear("unembed"), linear("ln_final"));\n    centreColumns(...linear("unembed"));\n  }\n  function sum(count, term) {\n    let total = 0;\n    for (let i = 0; i < count; i++) total += term(i);\n    return total;\n  }\n  function foldNorm([weight, bias], [scale, shift]) {\n    const width = scale.length;\n    for (let o = 0; o < bias.length; o++) {\n      bias[o] += sum(width, (i) => weight[o * width + i] * shift[i]);\n      for (let i = 0; i < width; i++) weight[o * width + i] *= scale[i];\n    }\n    centreRows(weight, width);\n  }\n  function centreRows(matrix, width) {\n    for (let start = 0; start < matrix.length; start += width) {\n      const mean = sum(width, (i) => matrix[start + i]) / width;\n      for (let i = 0; i < width; i++) matrix[start + i] -= mean;\n    }\n  }\n  function centreColumns(matrix, bias) {\n    const outs = bias.length;\n    const width = matrix.length / outs;\n    const means = new Float64Array(width);\n    for (let at = 0; at < matrix.length; at++) means[at % width] += matrix[at];\n    for (let at = 0; at < matrix.length; at++) matrix[at] -= means[at % width] / outs;\n    centreRows(bias, outs);\n  }\n\n  // headstream/views/prompt_explorer/engine/model.worker.ts\n  var NotServed = class extends Error {\n  };\n  var explored = null;\n  var loaded;\n  function tell(told) {\n    const traits = told.kind === "answer" ? [told.answer.heatmap, told.answer.bars] : told.kind === "lens" ? [told.lens] : [];\n    const arrays = traits.flatMap((some) => Object.values(some ?? {})).filter(isSent);\n    postMessage(told, { transfer: arrays.map(({ data }) => data) });\n  }\n  function isSent(value) {\n    return typeof value === "object" && value !== null && value.data instanceof ArrayBuffer;\n  }\n  async function fetched(url) {\n    const response = await fetch(url).catch(() => null);\n    if (!response?.ok)\n      throw new NotServed(`${url} ${response ? `is not there (${response.status})` : "does not answer"}`);\n    return response;\n  }\n  async function json(url) {\n    const response = await fetched(url);\n    return response.json().catch(() => {\n      throw new DamagedWeights(`${url} is no JSON`);\n    });\n  }\n  async function file(url, bytes) {\n    const reader = (await fetched(url)).body.getReader();\n    const whole = new Uint8Array(bytes);\n    let received = 0;\n    for (; ; ) {\n      const { done, value } = await reader.read();\n      if (done) break;\n      if (received + value.length <= bytes) whole.set(value, received);\n      received += value.length;\n      tell({ kind: "progress", received: Math.min(received, bytes), bytes });\n    }\n    if (received !== bytes) throw new DamagedWeights(`${url}: expected ${bytes} bytes, got ${received}`);\n    return whole.buffer;\n  }\n  async function load({ base, name, simd }) {\n    const [{ config, bytes }, vocabulary] = await Promise.all([\n      json(`${base}${name}.json`),\n      json(`${base}tokenizer.json`)\n    ]);\n    loaded = tensorsOf(await file(`${base}${name}.safetensors`, bytes));\n    fold(loaded, config);\n    const wasm = Uint8Array.from(atob(kernel_wasm_default), (character) => character.charCodeAt(0));\n    const kernel = (simd ? simdKernel(wasm, room(config, loaded)) : null) ?? plainKernel();\n    explored = new Explored(config, loaded, vocabulary, kernel);\n    tell({ kind: "loaded", config, simd: kernel.simd });\n  }\n  function probed(kind, text, { network, lens, tokenizer }) {\n    if (kind === "weights") return Object.fromEntries(loaded);\n    if (kind === "activations") return activations(network, lens.readings);\n    return JSON.parse(text).map((one) => {\n      try {\n        return tokenizer.encode(one);\n      } catch (error) {\n        return String(error.message);\n      }\n    });\n  }\n  addEventListener("message", async ({ data }) => {\n    try {\n      if (data.kind === "load") await load(data);\n      else if (data.kind === "ask") {\n        tell({ kind: "answer", answer: explored.answer(data) });\n        tell({ kind: "lens", lens: explored.read(data.top) });\n      } else tell({ kind: "probed", found: probed(data.kind, data.text, explored) });\n    } catch (error) {\n      if (!(error instanceof NoPrompt || error instanceof DamagedWeights || error instanceof NotServed)) throw error;\n      tell({ kind: "error", message: error.message });\n    }\n  });\n})();\n';

// headstream/views/prompt_explorer/engine/engine.ts
var EngineError = class extends Error {
};
var Engine = class {
  worker;
  open = [];
  progress = () => {
  };
  soon = () => {
  };
  constructor() {
    const url = URL.createObjectURL(new Blob([model_worker_default], { type: "text/javascript" }));
    this.worker = new Worker(url);
    URL.revokeObjectURL(url);
    this.worker.addEventListener("message", ({ data }) => this.hear(data));
    this.worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.open.shift()?.failed(new EngineError(event.message || "this page may not start a worker"));
    });
  }
  /** Loads a model from the folder at an address; how many of its bytes have come is told meanwhile. */
  async load(base, name, progress, simd = true) {
    this.progress = progress;
    return this.ask({ kind: "load", base, name, simd }, "loaded");
  }
  /** What the model makes of a text: all but the lens is given to `soon`, which need not wait for it. */
  async answer(question, soon) {
    this.soon = soon;
    return (await this.ask({ kind: "ask", ...question }, "lens")).lens;
  }
  /** What tests look at: the activations of the last text, the tokens of texts, a list in JSON, or the folded weights. */
  async probe(kind, text2 = "") {
    return (await this.ask({ kind, text: text2 }, "probed")).found;
  }
  close() {
    this.worker.terminate();
  }
  ask(asked, kind) {
    return new Promise((done, failed) => {
      this.open.push({ kind, done, failed });
      this.worker.postMessage(asked);
    });
  }
  hear(told) {
    if (told.kind === "progress") {
      this.progress(told.received, told.bytes);
      return;
    }
    if (told.kind === "answer") {
      this.soon(told.answer);
      return;
    }
    const asked = this.open.shift();
    if (told.kind === "error") asked?.failed(new EngineError(told.message));
    else asked?.done(told);
  }
};

// headstream/views/prompt_explorer/driver.ts
var Driver = class {
  constructor(base, name, views, tell, done, signal) {
    this.base = base;
    this.name = name;
    this.views = views;
    this.tell = tell;
    this.done = done;
    signal.addEventListener("abort", () => this.engine?.close());
  }
  base;
  name;
  views;
  tell;
  done;
  /** Of the model, once it is loaded. */
  config = null;
  engine = null;
  next = null;
  busy = false;
  want(wanted) {
    this.next = wanted;
    if (!this.busy) void this.work();
  }
  async work() {
    this.busy = true;
    while (this.next) {
      const wanted = this.next;
      try {
        const { engine, config } = await this.loaded();
        if (this.next !== wanted) continue;
        this.next = null;
        this.tell({ kind: "computing" });
        let tokens = 0;
        const lens = await engine.answer({ ...wanted, top: this.views.lens.get("top") }, (answer) => {
          tokens = answer.tokens;
          this.write("heatmap", answer.heatmap);
          this.write("bars", answer.bars);
        });
        this.write("lens", lens);
        this.done(wanted);
        this.tell({ kind: "ready", tokens, most: config.n_ctx });
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        if (this.next === wanted) this.next = null;
        this.tell({ kind: "error", message: error.message });
      }
    }
    this.busy = false;
  }
  async loaded() {
    if (this.engine && this.config) return { engine: this.engine, config: this.config };
    const engine = new Engine();
    this.engine = engine;
    this.tell({ kind: "loading", received: 0, bytes: 0 });
    try {
      const progress = (received3, bytes) => this.tell({ kind: "loading", received: received3, bytes });
      const { config } = await engine.load(this.base, this.name, progress);
      const { shape } = this.views.heatmap.get("pattern");
      if (shape[0] !== config.n_layers || shape[1] !== config.n_heads) {
        const [model, views] = [[config.n_layers, config.n_heads], shape].map(
          ([layers, heads]) => `${layers} × ${heads}`
        );
        throw new EngineError(`views: expected the ${model} heads of ${this.name}, got ${views}`);
      }
      this.config = config;
      return { engine, config };
    } catch (error) {
      engine.close();
      this.engine = null;
      throw error;
    }
  }
  write(name, traits) {
    for (const [trait, value] of Object.entries(traits ?? {})) this.views[name].set(trait, received2(value));
  }
};
function received2(value) {
  const { data } = value ?? {};
  return data instanceof ArrayBuffer ? { ...value, data: new DataView(data) } : value;
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

// headstream/views/prompt_explorer/next.ts
function nextTokens(selection, choose) {
  const heading = element("div", "hs-quiet hs-prompt-heading");
  const list = element("div", "hs-prompt-next", { role: "listbox" });
  let rows = [];
  let shown2 = [];
  let chosen = null;
  const reach = pointAndKeep({
    root: list,
    at(event) {
      const row = event.target.closest(".hs-prompt-row");
      return row ? rows.findIndex(({ root }) => root === row) : null;
    },
    element: (index) => rows[index].root,
    step: (index, key) => listStep(index, key, rows.length),
    point: (index) => selection.preview(index === null ? null : { token: shown2[index].token }),
    keep: (index) => choose(shown2[index].token === chosen ? null : shown2[index].token)
  });
  return {
    root: element("div", "hs-prompt-side", {}, heading, list),
    /** `after`: the token before them, in quotes. */
    paint(theme, candidates, after) {
      heading.textContent = `What comes next, after ${after}`;
      list.setAttribute("aria-label", heading.textContent);
      shown2 = candidates;
      if (rows.length !== shown2.length) {
        rows = shown2.map((_, index) => oneRow(index));
        list.replaceChildren(...rows.map(({ root }) => root));
        reach.offer(rows[0]?.root);
      }
      const color2 = ramp(theme, "sequential").css(0.7);
      shown2.forEach((candidate, index) => {
        rows[index].write(candidate, color2);
      });
    },
    /** `target`: the token that is chosen; `pointed`: the one that is pointed at anywhere; or null. */
    mark(target, pointed) {
      chosen = target;
      shown2.forEach(({ token }, index) => {
        rows[index].root.classList.toggle("hs-current", token === (pointed ?? target));
        rows[index].root.setAttribute("aria-selected", String(token === target));
      });
    }
  };
}
function oneRow(index) {
  const token = element("span", "hs-prompt-token");
  const bar = element("span", "hs-prompt-bar");
  const number2 = element("span", "hs-number");
  const track = element("span", "hs-prompt-track", {}, bar);
  const attributes = { role: "option", tabindex: -1, "data-key": `next-${index}` };
  const root = element("div", "hs-prompt-row hs-row", attributes, token, track, number2);
  return {
    root,
    write({ label, p }, color2) {
      token.textContent = visible(label);
      number2.textContent = probability(p);
      bar.style.width = `${(100 * p).toFixed(2)}%`;
      bar.style.background = color2;
      root.setAttribute("aria-label", `${plain(label)}, ${probability(p)}`);
    }
  };
}

// headstream/views/shared/parts/strip.ts
function tokenStrip(labels, selection, name, { write, part = (position) => ({ position, key: null }), step } = {}) {
  const token = element("span", "hs-token", { role: "option", tabindex: -1 });
  const dot = element("span", "hs-space", {}, "·");
  const spans = running(labels).map((text2, index) => {
    const span = token.cloneNode();
    span.setAttribute("aria-label", `${index}: ${visible(labels[index])}`);
    span.setAttribute("data-position", String(index));
    span.setAttribute("data-key", `token-${index}`);
    if (write) write(span, text2);
    else fill(span, text2, dot);
    return span;
  });
  const root = element("div", "hs-strip", { role: "listbox", "aria-label": name, "aria-orientation": "horizontal" });
  let lines2 = root;
  spans.forEach((span, index) => {
    if (!write && (index === 0 || labels[index - 1].endsWith("\n"))) {
      lines2 = element("div", "hs-paragraph", { role: "presentation" });
      root.append(lines2);
    }
    const begins = /^\s/.test(labels[index]) || index > 0 && isSpecial(labels[index - 1]);
    if (!write && begins) lines2.append(element("wbr"));
    lines2.append(span);
  });
  const reach = pointAndKeep({
    root,
    at(event) {
      const span = event.target.closest(".hs-token");
      return span ? Number(span.dataset.position) : null;
    },
    element: (index) => spans[index],
    step: (index, key) => step?.(index, key) ?? listStep(index, key, spans.length),
    point: (index) => selection.preview(index === null ? null : part(index)),
    keep: (index) => selection.pin(part(index))
  });
  reach.offer(spans[0]);
  let current = null;
  let pinned = null;
  let away = false;
  function follow(index) {
    const { previewing } = selection;
    const wanted = previewing || away || index !== pinned;
    if (!previewing) pinned = index;
    if (!wanted) return;
    const item = current;
    afterLayout(() => {
      away = item !== null && reveal(item, root) && previewing;
    });
  }
  return {
    root,
    spans,
    mark(index) {
      const next = index === null ? null : spans[index] ?? null;
      if (next !== current) {
        current?.classList.remove("hs-current");
        current?.setAttribute("aria-selected", "false");
        current = next;
        current?.classList.add("hs-current");
        current?.setAttribute("aria-selected", "true");
        follow(index);
      } else if (!selection.previewing) pinned = index;
      reach.offer(current);
    }
  };
}
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
function fill(span, text2, dot) {
  for (const part of visible(text2).split(/(·)/)) {
    if (part === "·") span.append(dot.cloneNode(true));
    else if (part) span.append(part);
  }
  if (!text2) span.append(element("span", "hs-space", {}, "‿"));
}

// headstream/views/shared/prompt/field.ts
function promptField(name, key, typed2) {
  const area = element("textarea", "hs-search hs-prompt-text", {
    rows: 2,
    spellcheck: "false",
    "data-key": key,
    "data-lm-suppress-shortcuts": "true"
  });
  area.addEventListener("input", () => typed2(area.value));
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") event.stopPropagation();
  });
  return {
    root: element("label", "hs-prompt-label", {}, element("span", "hs-quiet", {}, name), area),
    area,
    write(text2) {
      if (area.value !== text2) area.value = text2;
    }
  };
}

// headstream/views/prompt_explorer/panel.ts
var QUICK = 300;
function promptPanel(selection, typed2, signal) {
  const { root: label, area, write } = promptField("Your text", "prompt", typed2);
  const tokens = element("div", "hs-prompt-tokens");
  const words = element("span", "", { role: "status" });
  const progress = element("progress", "hs-prompt-progress", { "aria-label": "Loaded of the model" });
  const told = element("div", "hs-prompt-told", {}, words, progress);
  let strip = null;
  let clock = 0;
  signal.addEventListener("abort", () => clearTimeout(clock));
  progress.hidden = true;
  function say(text2, kind) {
    clearTimeout(clock);
    if (words.textContent !== text2) words.textContent = text2;
    told.dataset.state = kind;
    progress.hidden = kind !== "loading";
  }
  return {
    root: element("div", "hs-prompt-side", {}, label, tokens, told),
    /** What is in the field. */
    get text() {
      return area.value;
    },
    write,
    /** The field cannot be typed in, for a reason. */
    close(why) {
      area.readOnly = true;
      say(plain(why), "closed");
    },
    open(invitation) {
      area.readOnly = false;
      say(invitation, "idle");
    },
    tokens(labels) {
      strip = tokenStrip(labels, selection, "The text, token by token");
      tokens.replaceChildren(strip.root);
    },
    mark: (position) => strip?.mark(position),
    tell(state, name) {
      if (state.kind === "loading") {
        const { received: received3, bytes } = state;
        if (bytes) progress.max = bytes;
        progress.value = received3;
        say(bytes ? `Loading ${name}, ${(bytes / 1e6).toFixed(1)} MB` : `Loading ${name}`, "loading");
      } else if (state.kind === "computing") {
        told.dataset.state = "computing";
        progress.hidden = true;
        clearTimeout(clock);
        clock = window.setTimeout(() => say("Computing …", "computing"), QUICK);
      } else if (state.kind === "error") say(plain(state.message), "error");
      else say(`${state.tokens} of at most ${state.most} tokens`, "ready");
    }
  };
}

// headstream/views/prompt_explorer/index.ts
var READERS = { views: texts, text, model: text, weights: text };
var LENS = {
  tokens: texts,
  vocabulary,
  starts: array("int32", 1),
  ids: array("int32", 1),
  log_prob: array("float16", 3),
  rank: array(["uint16", "int32"], 3),
  entropy: array("float32", 3),
  kl: array("float32", 3),
  change: optional(array("float32", 3)),
  next_token: array("int32", 1)
};
var OFFERED = 5;
function create(frame) {
  const { traits, selection } = frame;
  const panel = promptPanel(selection, () => ask(), frame.signal);
  const next = nextTokens(selection, (token) => {
    selection.pin({ token });
    ask();
  });
  const top = element("div", "hs-prompt", {}, panel.root, next.root);
  const board = cells(frame);
  let followed = "";
  let ending = new AbortController();
  frame.signal.addEventListener("abort", () => ending.abort());
  let found = null;
  let shown2 = null;
  let written = null;
  let asked = "";
  let offered = [];
  let offeredAt = "";
  async function follow(refs) {
    followed = refs.join();
    ending.abort();
    ending = new AbortController();
    const { signal } = ending;
    const models = await Promise.all(refs.map((ref) => frame.host.getModel(ref))).catch(() => null);
    if (models?.length !== 3 || signal.aborted) return;
    const [heatmap, bars, lens] = models;
    const views = { heatmap, bars, lens };
    found = { driver: null, lens: new Traits(lens, LENS, signal, read) };
    const place = address(traits.weights, document);
    if ("why" in place) panel.close(place.why);
    else {
      const tell = (state) => panel.tell(state, traits.model);
      const done = ({ text: text2 }) => {
        written = text2;
        frame.attempt({ text: text2 });
      };
      found.driver = new Driver(place.base, traits.model, views, tell, done, signal);
      panel.open(`What you type is read in this page: ${plain(traits.model)} is loaded at the first key.`);
    }
    read();
  }
  function ask() {
    const { position, token } = selection.pinned();
    asked = JSON.stringify([position, token]);
    found?.driver?.want({ text: panel.text, position, target: token });
  }
  let pending = 0;
  function read() {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => {
      try {
        const lens = found?.lens.now;
        if (!lens) return;
        const fresh = { tokens: lens.tokens, lens: new Lens(lens, 0), labels: lens.vocabulary };
        if (fresh.tokens.join("\0") !== shown2?.tokens.join("\0")) panel.tokens(fresh.tokens);
        shown2 = fresh;
        offeredAt = "";
      } catch (error) {
        if (!(error instanceof Damaged)) throw error;
        shown2 = null;
      }
      frame.reselect();
    });
  }
  frame.signal.addEventListener("abort", () => cancelAnimationFrame(pending));
  function entitle() {
    frame.title(`Your text, read by ${traits.model}`);
  }
  function candidates(position) {
    const { lens, labels } = shown2;
    return lens.top(lens.rows - 1, position, OFFERED).map((candidate) => {
      const token = lens.ids[candidate];
      return { token, label: labels[token] ?? String(token), p: lens.probability(lens.rows - 1, candidate) };
    });
  }
  return {
    build() {
      const { views } = traits;
      entitle();
      if (!top.isConnected) frame.picture.replaceChildren(top, board.root);
      if (followed !== views.join()) void follow(views);
      const left = frame.heightLeft();
      board.place(views, left === null ? null : left - top.getBoundingClientRect().height);
    },
    paint() {
      entitle();
      if (traits.text === written) return;
      written = traits.text;
      panel.write(written);
    },
    select(current, pinned) {
      if (!shown2) return;
      const { tokens } = shown2;
      const { config } = found?.driver ?? {};
      const most = config?.d_vocab ?? 1 + Math.max(...Object.keys(shown2.labels).map(Number));
      selection.sizes = { position: tokens.length, token: most };
      if (config && JSON.stringify([pinned.position, pinned.token]) !== asked) ask();
      const position = Math.min(current.position ?? tokens.length, tokens.length - 1);
      const place = `${position} ${frame.theme}`;
      if (place !== offeredAt) {
        offeredAt = place;
        offered = candidates(position);
        next.paint(frame.theme, offered, quoted(tokens[position]));
      }
      panel.mark(position);
      next.mark(pinned.token, current.token);
      const words = offered.map(({ label, p }) => `${quoted(label)} ${probability(p)}`).join(", ");
      frame.say(`After ${quoted(tokens[position])}: ${words}. A token that is chosen is the bars’.`);
    }
  };
}
var prompt_explorer_default = defineView({ name: "prompt_explorer", readers: READERS, structure: ({ views }) => views, create });
export {
  Engine,
  prompt_explorer_default as default
};
