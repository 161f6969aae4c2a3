import type { Line } from './line.ts'

/** A line as a tail gives it. */
export interface ShownLine extends Line {
  /** How far up it belongs, milliseconds; undefined for a line on time. */
  lateMs?: number
  /** The part that its version has in the alias's traffic now, where both are shown side by side. */
  role?: Role
}

export type Role = 'stable' | 'candidate'
