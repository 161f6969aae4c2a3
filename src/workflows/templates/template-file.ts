/** A file of a template. */
export interface TemplateFile {
  /** Its place in a service's folder. */
  to: string
  text: string
  /** Templates of events share it. */
  isShared: boolean
}
