// What `sigma.min.js` is built from (see README.md): sigma.js, graphology, and a program that draws a type's own shape.
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeRectangleProgram, NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_sides;
attribute float a_turn;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_point;
varying float v_sides;
varying float v_turn;
varying float v_soft;
const float bias = 255.0 / 254.0;
void main() {
  float radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  vec2 offset = 1.4 * radius * a_corner;
  gl_Position = vec4((u_matrix * vec3(a_position + offset, 1)).xy, 0, 1);
  v_point = 1.4 * a_corner;
  v_sides = a_sides;
  v_turn = a_turn;
  v_soft = 2.0 * u_correctionRatio / radius;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

// Distances to a regular polygon (sides > 0), a circle (0), a tall box (-1), a cross (-2) and a star (-3), in units of the radius.
const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec2 v_point;
varying float v_sides;
varying float v_turn;
varying float v_soft;
const float tau = 6.28318530718;
float outside(vec2 p) {
  if (v_sides < -2.5) {
    float point = tau / 5.0;
    float away = abs(mod(atan(p.y, p.x) - tau / 4.0, point) - point / 2.0) / (point / 2.0);
    return length(p) - mix(0.55, 1.15, away * away);
  }
  if (v_sides < -1.5) { vec2 q = abs(p); return min(max(q.x - 0.4, q.y - 1.0), max(q.x - 1.0, q.y - 0.4)); }
  if (v_sides < -0.5) return max(abs(p.x) - 0.72, abs(p.y) - 1.0);
  if (v_sides < 0.5) return length(p) - 1.0;
  float wedge = tau / v_sides;
  float angle = atan(p.y, p.x) - v_turn;
  float inner = mod(angle, wedge) - wedge / 2.0;
  return length(p) * cos(inner) - 1.18 * cos(wedge / 2.0);
}
void main(void) {
  float d = outside(v_point);
  #ifdef PICKING_MODE
  gl_FragColor = d > 0.0 ? vec4(0.0) : v_color;
  #else
  gl_FragColor = mix(v_color, vec4(0.0), smoothstep(-v_soft, 0.0, d));
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE } = WebGLRenderingContext;

class ShapeProgram extends NodeProgram {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: WebGLRenderingContext.TRIANGLES,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_sides", size: 1, type: FLOAT },
        { name: "a_turn", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[-1, -1], [1, -1], [-1, 1], [-1, 1], [1, -1], [1, 1]],
    };
  }

  processVisibleItem(index, start, data) {
    const { array } = this;
    let at = start;
    for (const value of [data.x, data.y, data.size, data.sides, data.turn, floatColor(data.color), index]) {
      array[at] = value;
      at += 1;
    }
  }

  setUniforms(params, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
    gl.uniform1f(uniformLocations.u_correctionRatio, params.correctionRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
  }
}

export { EdgeArrowProgram, EdgeRectangleProgram, MultiDirectedGraph, ShapeProgram, Sigma };
