import type { FunctionAttachments, FunctionUrl } from './attachments.ts'
import type { Attachment } from './row.ts'
import { asyncWords, retentionWords, runtimeWords, tagWords, urlWords } from './words.ts'

/** Each attachment, by its member in FunctionAttachments. */
export const attachmentTable = {
  retention: {
    name: 'logs.retention',
    fields: { 'logs.retention': 'RetentionInDays' },
    said: retentionWords,
    none: 'no log group',
    of: "the log group, which is made where it isn't there",
    note: ': `30d`, `never`',
  },
  tags: { fields: { tags: 'Tags' }, default: {}, said: tagWords, of: 'the function', leftOut: 'as they are' },
  reservedConcurrency: {
    fields: { reservedConcurrency: 'ReservedConcurrentExecutions' },
    default: null,
    said: (amount) => String(amount ?? 'none'),
    of: 'the function',
  },
  recursion: {
    fields: { recursion: 'RecursiveLoop' },
    default: 'terminate',
    said: (recursion) => recursion,
    of: 'the function',
    note: ': `allow`, `terminate`',
  },
  codeSigning: {
    fields: { codeSigning: 'CodeSigningConfigArn' },
    default: '',
    said: (arn) => arn || 'none',
    of: 'the function, for the code that is uploaded next',
  },
  runtimeUpdates: {
    fields: {
      'runtimeUpdates.on': 'RuntimeManagementConfig.UpdateRuntimeOn',
      'runtimeUpdates.version': 'RuntimeManagementConfig.RuntimeVersionArn',
    },
    default: { on: 'auto', version: '' },
    said: runtimeWords,
    of: 'the version that the alias serves',
    note: '; `on: auto`, `function-update` or `manual`',
  },
  async: {
    fields: {
      retries: 'MaximumRetryAttempts',
      maximumAge: 'MaximumEventAgeInSeconds',
      onSuccess: 'DestinationConfig.OnSuccess.Destination',
      onFailure: 'DestinationConfig.OnFailure.Destination',
    },
    default: { retries: 2, maximumAgeSeconds: 21_600, onSuccess: '', onFailure: '' },
    said: asyncWords,
    none: "Lambda's defaults",
    of: 'the alias',
    leftOut: "as they are; beside any of them AWS's default",
  },
  url: {
    fields: {
      'url.auth': 'FunctionUrlConfig.AuthType',
      'url.invokeMode': 'FunctionUrlConfig.InvokeMode',
      'url.cors.origins': 'FunctionUrlConfig.Cors.AllowOrigins',
      'url.cors.methods': 'FunctionUrlConfig.Cors.AllowMethods',
      'url.cors.headers': 'FunctionUrlConfig.Cors.AllowHeaders',
      'url.cors.exposeHeaders': 'FunctionUrlConfig.Cors.ExposeHeaders',
      'url.cors.maxAge': 'FunctionUrlConfig.Cors.MaxAge',
      'url.cors.credentials': 'FunctionUrlConfig.Cors.AllowCredentials',
    },
    default: null,
    said: urlWords,
    none: 'none',
    compared: comparedUrl,
    of: 'the alias',
  },
} satisfies {
  [Key in keyof FunctionAttachments]-?: Attachment<Exclude<FunctionAttachments[Key], undefined>>
}

/** A URL for which the file sets nothing else. */
export const plainUrl: FunctionUrl = {
  auth: 'iam',
  invokeMode: 'buffered',
  cors: { origins: [], methods: [], headers: [], exposeHeaders: [], maxAgeSeconds: 0, credentials: false },
}

/** The order of CORS lists has no meaning, nor the case of headers and methods. */
function comparedUrl(url: FunctionUrl | null): unknown {
  if (!url) return null
  const { auth, invokeMode, cors } = url
  const lists = Object.entries({ ...cors }).map(([name, value]) => [
    name,
    typeof value === 'object' ? value.map((each) => each.toLowerCase()).toSorted() : value,
  ])
  return { auth, invokeMode, cors: Object.fromEntries(lists) as object }
}
