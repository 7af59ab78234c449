/**
 * Canvases.
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {CanvasRenderingContext2D}
 */
export function contextOf(canvas) {
  const ctx = canvas.getContext("2d");
  if (!ctx) throw new Error("this browser draws no canvas");
  return ctx;
}
