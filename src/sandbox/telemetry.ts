/** One value of a metric at a moment. */
export interface Datum {
  namespace: string
  name: string
  /** By dimension name; the empty object is the metric without dimensions. */
  dimensions: Readonly<Record<string, string>>
  value: number
  /** CloudWatch's unit, such as `Count` or `Milliseconds`. */
  unit: string
  /** Milliseconds since the epoch. */
  timestamp: number
}

/** Receives the metrics of the emulated services. */
export interface MetricSink {
  record(region: string, data: Datum[]): void
}

/** A line of a log, at a moment in milliseconds since the epoch. */
export interface LogLine {
  timestamp: number
  message: string
}

/** Receives the logs of the emulated services; a missing group or stream is made. */
export interface LogSink {
  write(region: string, group: string, stream: string, lines: LogLine[]): void
}
