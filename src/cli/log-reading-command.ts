import { noticeText } from '../ui/lines/notice.ts'
import { readingText } from '../ui/lines/reading.ts'
import { tellTimes } from '../ui/text/time.ts'
import type { RequestSink } from '../workflows/logs/requests/read-requests.ts'
import { EnvironmentCommand } from './environment-command.ts'
import { systemClock } from './run/clock.ts'

/** How often a person is told how far the reading is, milliseconds. */
const tellEveryMs = 5000

/** A command that reads logs without following them. */
export abstract class LogReadingCommand extends EnvironmentCommand {
  /** Tells on stderr how a reading goes on, once it takes long. */
  protected readingTeller(): Omit<RequestSink, 'settled'> {
    const tellTime = tellTimes()
    let told = systemClock.elapsed()
    return {
      notice: (notice) => this.tell(noticeText(notice, false, tellTime)),
      progress: (lines, time) => {
        if (systemClock.elapsed() - told < tellEveryMs) return
        told = systemClock.elapsed()
        this.tell(readingText(lines, time, tellTime))
      },
    }
  }
}
