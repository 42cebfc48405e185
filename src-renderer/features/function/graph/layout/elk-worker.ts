// A worker has nobody to export to: the library's file, taken as the worker itself, would have its exports bundled.
import 'elkjs/lib/elk-worker.min.js'
