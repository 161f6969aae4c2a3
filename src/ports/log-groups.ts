/** Log groups and how long they keep their events. */
export interface LogGroups {
  /** Days, null for ever; undefined when there is no such group. */
  retention(group: string): Promise<number | null | undefined>
  /** Makes the group where it isn't there. */
  create(group: string): Promise<void>
  /** @param days null: for ever */
  keep(group: string, days: number | null): Promise<void>
}
