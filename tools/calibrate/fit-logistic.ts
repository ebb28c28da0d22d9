/** Logistic regression with a ridge, by Newton's steps on standardized features. */
export type LinearFit = { readonly bias: number; readonly weights: readonly number[] };

export type LinearExamples = {
  /** Row-major. */
  readonly features: Float64Array;
  readonly labels: Uint8Array;
  readonly weights: Float32Array;
  readonly width: number;
};

/** @param signs +1: the weight must not be negative, −1: not positive, 0: free. Offenders are fixed at 0 and the rest fitted again. */
export function fitLogistic(
  examples: LinearExamples,
  options: { readonly ridge: number; readonly signs?: readonly number[] },
): LinearFit {
  const off = new Set<number>();
  for (;;) {
    const fit = newton(examples, options.ridge, off);
    const wrong = fit.weights.flatMap((weight, at) => ((options.signs?.[at] ?? 0) * weight < 0 ? [at] : []));
    if (wrong.length === 0) return fit;
    // The worst offender goes first: others may turn right without it.
    const worst = wrong.sort(
      (one, two) => Math.abs(fit.weights[two] as number) - Math.abs(fit.weights[one] as number),
    )[0];
    off.add(worst as number);
  }
}

function newton(examples: LinearExamples, ridge: number, off: ReadonlySet<number>): LinearFit {
  const { features, labels, weights, width } = examples;
  const scale = spreads(examples);
  const used = [...Array(width).keys()].filter(at => !off.has(at) && (scale[at] as number) > 0);
  const size = used.length + 1;
  const beta = new Float64Array(size);
  for (let step = 0; step < 25; step += 1) {
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    const x = new Float64Array(size);
    for (let row = 0; row < labels.length; row += 1) {
      x[0] = 1;
      let odds = beta[0] as number;
      for (let at = 1; at < size; at += 1) {
        const feature = used[at - 1] as number;
        x[at] = (features[row * width + feature] as number) / (scale[feature] as number);
        odds += (beta[at] as number) * (x[at] as number);
      }
      const p = 1 / (1 + Math.exp(-odds));
      const weight = weights[row] as number;
      const error = weight * ((labels[row] as number) - p);
      const curve = weight * p * (1 - p);
      for (let one = 0; one < size; one += 1) {
        gradient[one] = (gradient[one] as number) + error * (x[one] as number);
        const factor = curve * (x[one] as number);
        for (let two = 0; two <= one; two += 1)
          hessian[one * size + two] = (hessian[one * size + two] as number) + factor * (x[two] as number);
      }
    }
    for (let at = 0; at < size; at += 1) {
      const own = at === 0 ? 1e-6 : ridge;
      gradient[at] = (gradient[at] as number) - own * (beta[at] as number);
      hessian[at * size + at] = (hessian[at * size + at] as number) + own;
    }
    const delta = solve(hessian, gradient, size);
    let largest = 0;
    for (let at = 0; at < size; at += 1) {
      const change = Math.max(-3, Math.min(3, delta[at] as number));
      beta[at] = (beta[at] as number) + change;
      largest = Math.max(largest, Math.abs(change));
    }
    if (largest < 1e-5) break;
  }
  const out = new Array<number>(width).fill(0);
  used.forEach((feature, at) => {
    out[feature] = (beta[at + 1] as number) / (scale[feature] as number);
  });
  return { bias: beta[0] as number, weights: out };
}

function spreads(examples: LinearExamples): Float64Array {
  const { features, labels, width } = examples;
  const out = new Float64Array(width);
  for (let at = 0; at < width; at += 1) {
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < labels.length; row += 1) {
      const value = features[row * width + at] as number;
      sum += value;
      squares += value * value;
    }
    out[at] = Math.sqrt(Math.max(0, squares / labels.length - (sum / labels.length) ** 2));
  }
  return out;
}

/** Cholesky; only the lower triangle of the matrix is read. */
function solve(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix[row * size + column] as number;
      for (let at = 0; at < column; at += 1)
        sum -= (lower[row * size + at] as number) * (lower[column * size + at] as number);
      lower[row * size + column] =
        row === column ? Math.sqrt(Math.max(sum, 1e-9)) : sum / (lower[column * size + column] as number);
    }
  const out = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    for (let at = 0; at < row; at += 1)
      out[row] = (out[row] as number) - (lower[row * size + at] as number) * (out[at] as number);
    out[row] = (out[row] as number) / (lower[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let at = row + 1; at < size; at += 1)
      out[row] = (out[row] as number) - (lower[at * size + row] as number) * (out[at] as number);
    out[row] = (out[row] as number) / (lower[row * size + row] as number);
  }
  return out;
}
