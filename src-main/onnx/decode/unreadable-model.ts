/** Why a file is no model that can be read. */
export type UnreadableCode =
  | 'empty'
  | 'not-onnx'
  | 'no-graph'
  | 'truncated'
  | 'damaged'
  | 'too-deep'
  | 'too-large'
  | 'not-a-file'
  | 'missing'
  | 'unreadable'
  | 'archive'
  | 'no-model-in-archive'

/**
 * A file that is no readable ONNX model. The message is one sentence for a person that says what the file is; what
 * follows from it ("Nothing was imported.") is for the caller to add.
 */
export class UnreadableModel extends Error {
  readonly code: UnreadableCode

  constructor(code: UnreadableCode, sentence: string) {
    super(sentence)
    this.code = code
  }
}
