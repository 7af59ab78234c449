/**
 * Fetching files, each once while it is wanted: a failure is not kept, so that the next one who asks tries again.
 */

/** A file that could not be had; `file` is its name for people. */
export class LoadError extends Error {
  /**
   * @param {string} url
   * @param {unknown} cause
   */
  constructor(url, cause) {
    const file = url.split(/[?#]/, 1)[0].split("/").slice(-2).join("/");
    super(`${file}: ${cause instanceof Error ? cause.message : cause}`);
    this.name = "LoadError";
    this.file = file;
  }
}

/**
 * @template T
 * @param {string} url
 * @param {(response: Response) => Promise<T>} decode
 * @returns {Promise<T>} Rejects with a LoadError.
 */
async function load(url, decode) {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await decode(response);
  } catch (error) {
    throw new LoadError(url, error);
  }
}

/**
 * @template T
 * @param {string} url
 * @param {(buffer: ArrayBuffer) => T} decode
 * @returns {Promise<T>} Rejects with a LoadError.
 */
export function loadBinary(url, decode) {
  return load(url, async (response) => decode(await response.arrayBuffer()));
}

/**
 * @template T
 * @param {string} url
 * @returns {Promise<T>} Rejects with a LoadError.
 */
export function loadJson(url) {
  return load(url, (response) => response.json());
}

/**
 * @typedef {object} Reports Told when a file cannot be had, and when it has come after all.
 * @property {(error: Error) => void} onError
 * @property {(error: Error) => void} onRecovered
 */

/**
 * Values by key that are fetched when first asked for, and again after a failure.
 * @template K
 * @template V
 */
export class Fetched {
  /** @type {Map<K, V>} */
  #values = new Map();
  /** @type {Map<K, Promise<V | undefined>>} */
  #underway = new Map();
  /** @type {Map<K, {error: Error, until: number}>} */
  #failures = new Map();

  /**
   * @param {(key: K) => Promise<V>} fetch
   * @param {object} options
   * @param {(key: K, value: V) => void} [options.onValue]
   * @param {(error: Error) => void} options.onError
   * @param {(error: Error) => void} [options.onRecovered] A key that has failed is there.
   * @param {number} [options.rest] Milliseconds after a failure in which nobody tries again.
   * @param {() => number} [options.now] Milliseconds.
   */
  constructor(
    fetch,
    { onValue = () => {}, onError, onRecovered = () => {}, rest = 0, now = () => performance.now() },
  ) {
    this.fetch = fetch;
    this.onValue = onValue;
    this.onError = onError;
    this.onRecovered = onRecovered;
    this.rest = rest;
    this.now = now;
  }

  /**
   * @param {K} key
   * @returns {V | undefined} The value, if it is there.
   */
  get(key) {
    return this.#values.get(key);
  }

  /**
   * Ask for a value.
   * @param {K} key
   * @returns {Promise<V | undefined>} Undefined if it cannot be had now.
   */
  want(key) {
    const there = this.#values.get(key);
    if (there !== undefined) return Promise.resolve(there);
    const underway = this.#underway.get(key);
    if (underway) return underway;
    const failure = this.#failures.get(key);
    if (failure && failure.until > this.now()) return Promise.resolve(undefined);
    const asked = this.#ask(key);
    this.#underway.set(key, asked);
    return asked;
  }

  /** @param {K} key */
  async #ask(key) {
    try {
      const value = await this.fetch(key);
      this.#values.set(key, value);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.#failures.set(key, { error, until: this.now() + this.rest });
      this.onError(error);
    } finally {
      this.#underway.delete(key);
    }
    return this.#take(key);
  }

  /** @param {K} key */
  #take(key) {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    const failure = this.#failures.get(key);
    this.#failures.delete(key);
    if (failure) this.onRecovered(failure.error);
    this.onValue(key, value);
    return value;
  }
}
