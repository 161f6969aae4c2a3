/** The part of yauzl that is used, to be imported where it is needed: in the built program a CommonJS package imported as a whole has no names. */
export { fromBufferPromise } from 'yauzl'
