/**
 * Boxes in world units, found by place. An item lies in every cell that its box touches.
 */
export class Grid {
  /**
   * @param {number} size Number of items.
   * @param {(i: number, box: Float64Array) => void} boxOf Writes west, north, east, south of an item.
   */
  constructor(size, boxOf) {
    this.side = Math.max(8, Math.min(1024, Math.ceil(Math.sqrt(size))));
    this.start = new Uint32Array(this.side * this.side + 1);
    const box = new Float64Array(4);
    /** @param {(cell: number, i: number) => void} visit */
    const each = (visit) => {
      for (let i = 0; i < size; i++) {
        boxOf(i, box);
        this._cells(box[0], box[1], box[2], box[3], (cell) => visit(cell, i));
      }
    };
    each((cell) => {
      this.start[cell + 1]++;
    });
    for (let cell = 0; cell < this.start.length - 1; cell++) this.start[cell + 1] += this.start[cell];
    this.items = new Uint32Array(this.start[this.start.length - 1]);
    const next = this.start.slice();
    each((cell, i) => {
      this.items[next[cell]++] = i;
    });
  }

  /**
   * @param {number} west
   * @param {number} north
   * @param {number} east
   * @param {number} south
   * @param {(cell: number) => void} visit
   */
  _cells(west, north, east, south, visit) {
    const last = this.side - 1;
    const at = (/** @type {number} */ value) => Math.max(0, Math.min(last, Math.floor(value * this.side)));
    const [left, right, bottom] = [at(west), at(east), at(south)];
    for (let row = at(north); row <= bottom; row++) {
      for (let column = left; column <= right; column++) visit(row * this.side + column);
    }
  }

  /**
   * Visit the items whose cells a box touches; one item may be visited more than once.
   * @param {number} west World units.
   * @param {number} north
   * @param {number} east
   * @param {number} south
   * @param {(i: number) => void} visit
   */
  within(west, north, east, south, visit) {
    this._cells(west, north, east, south, (cell) => {
      for (let k = this.start[cell]; k < this.start[cell + 1]; k++) visit(this.items[k]);
    });
  }

  /**
   * Visit the items near a place; one item may be visited more than once.
   * @param {number} x World x in 0..1; a place near the date line also finds what lies beyond it.
   * @param {number} y
   * @param {number} reach World units.
   * @param {(i: number) => void} visit
   */
  near(x, y, reach, visit) {
    const look = (/** @type {number} */ at) =>
      this.within(at - reach, y - reach, at + reach, y + reach, visit);
    look(x);
    if (x < reach) look(x + 1);
    if (x > 1 - reach) look(x - 1);
  }
}
