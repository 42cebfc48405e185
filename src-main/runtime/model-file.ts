/** A model as the runtime gets it. */
export type ModelFile = {
  /** Absolute path; any name, with or without `.onnx`. */
  path: string
  /**
   * Its external files: `location` as the model writes it, `path` where the file is. Where given, even empty, the model is laid
   * out in a separate folder with just these, so that it can reach nothing else. Left out, it is opened where it is, next to
   * whatever is there.
   */
  external?: readonly { location: string; path: string }[]
  /** It names no other files than these, and each is where it names it: no folder is needed. */
  inPlace?: boolean
  /** What the model's report says of an external file that cannot be used. */
  externalMessage?: string | undefined
}
