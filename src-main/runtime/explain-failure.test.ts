import { describe, expect, it } from 'vitest'
import { explainFailure } from './explain-failure.ts'

const path = '/home/ada/.local/share/cabinet/files/ab/cdef'

// Texts of ONNX Runtime 1.30 as they came, on models of ONNX's and its own test suites.
const texts: [reason: string, message: string, text: string][] = [
  [
    'operator',
    'It uses version 27 of the operator set ai.onnx; this ONNX Runtime supports versions up to 26.',
    `Load model from ${path} failed:/onnxruntime_src/onnxruntime/core/graph/model_load_utils.h:46 void onnxruntime::model_load_utils::ValidateOpsetForDomain(const std::unordered_map<std::__cxx11::basic_string<char>, int>&, const onnxruntime::logging::Logger&, bool, const std::string&, int) ONNX Runtime only *guarantees* support for models stamped with official released onnx opset versions. Opset 27 is under development and support for this is limited. The operator schemas and or other functionality may change before next ONNX release and in this case ONNX Runtime will not guarantee backward compatibility. Current official support for domain ai.onnx is till opset 26.\n`,
  ],
  [
    'operator',
    'ONNX Runtime has no operator FlexAttention in the domain ai.onnx.preview.',
    `Load model from ${path} failed:Fatal error: ai.onnx.preview:FlexAttention(-1) is not a registered function/op`,
  ],
  [
    'operator',
    'ONNX Runtime has no operator PyOp in the domain pyopfloat.',
    `Load model from ${path} failed:This is an invalid model. In Node, ("", PyOp, "pyopfloat", -1) : ("X": tensor(float),) -> ("Y": tensor(float),) , Error No opset import for domain 'pyopfloat'`,
  ],
  [
    'operator',
    'ONNX Runtime has no operator Mul16 in version 7 of its operator set.',
    `Load model from ${path} failed:This is an invalid model. In Node, ("mul_1", Mul16, "", -1) : ("X": tensor(float16),"W": tensor(float16),) -> ("Y": tensor(float16),) , Error No Op registered for Mul16 with domain_version of 7`,
  ],
  [
    'operator',
    'It uses IR version 99; this ONNX Runtime supports versions up to 13.',
    `Load model from ${path} failed:/onnxruntime_src/onnxruntime/core/graph/model.cc:202 onnxruntime::Model::Model(onnx::ModelProto&&, const onnxruntime::PathString&) Unsupported model IR version: 99, max supported IR version: 13\n`,
  ],
  [
    'kernel',
    'ONNX Runtime has no CPU kernel for Cast-25 with tensor(float4e2m1).',
    "Failed to find kernel for Cast(25) (node:'' ep:'CPUExecutionProvider'). Op with name () domain () and type (Cast) kernel is not supported in CPUExecutionProvider. Encountered following errors: ( Version mismatch. node_version: 25 kernel start version: 6 kernel_end_version: 12\nKernel found kernel in the supported version range (node_version: 25). However the types are incompatible. This op has been implemented only for the following types (tensor(bool),tensor(int2),), but the node in the model has the following type (tensor(float4e2m1))\n)",
  ],
  [
    'kernel',
    'ONNX Runtime has no CPU kernel for TopK-24 with these types.',
    "Could not find an implementation for TopK(24) node with name ''",
  ],
  [
    'kernel',
    'It needs the locale en_US.UTF-8, which is not installed on this machine.',
    'Exception during initialization: /onnxruntime_src/onnxruntime/core/providers/cpu/text/string_normalizer.cc:235 onnxruntime::StringNormalizer::Locale::Locale(const std::string&)::<lambda()> Failed to construct locale with name:en_US.UTF-8:locale::facet::_S_create_c_locale name not valid:Please, install necessary language-pack-XX and configure locales\n',
  ],
  [
    'kernel',
    'ONNX Runtime cannot set up one of its operators: Pad should be smaller than kernel.',
    'Exception during initialization: /onnxruntime_src/onnxruntime/core/providers/cpu/nn/pool_attributes.h:88 onnxruntime::PoolAttributes::PoolAttributes(const KernelInfoType&, const std::string&, int) [with KernelInfoType = onnxruntime::OpKernelInfo; std::string = std::__cxx11::basic_string<char>] pads[dim] < kernel_shape[dim] && pads[dim + kernel_shape.size()] < kernel_shape[dim] was false. Pad should be smaller than kernel.\n',
  ],
  [
    'type',
    "An input or output has the element type bfloat16, which ONNX Runtime's JavaScript interface cannot pass.",
    'Unsupported data type: 16',
  ],
  [
    'type',
    "An input or output has the element type int2, which ONNX Runtime's JavaScript interface cannot pass.",
    'Unsupported data type: 25',
  ],
  [
    'type',
    'ONNX Runtime has no values of the type tensor(complex64), which the model uses.',
    `Exception during loading: MLDataType for: tensor(complex64) is not currently registered or supported`,
  ],
  [
    'external',
    'Its weights are in another file, w.bin, which is missing.',
    'External data path validation failed for initializer: W. Error: tensorprotoutils.cc:461 ValidateExternalDataPathFromDir External data path does not exist: "/home/ada/.local/share/cabinet/files/ab/w.bin"',
  ],
  [
    'external',
    "Its weights are in another file, ../../w.bin, which is not inside the model's own folder.",
    'External data path validation failed for initializer: W. Error: External data path escapes model directory. External data path: "../../w.bin" resolved path: "/home/ada/w.bin" allowed directory: "/home/ada/.local/share/cabinet/files/ab"',
  ],
  [
    'external',
    'Its external weights cannot be read: TensorProto: W external data size mismatch. Computed size: 16, external_data.length: 17.',
    'Exception during initialization: /onnxruntime_src/onnxruntime/core/optimizer/initializer.cc:51 onnxruntime::Initializer::Initializer(const onnx::TensorProto&, const std::filesystem::__cxx11::path&) [ONNXRuntimeError] : 1 : FAIL : tensorprotoutils.cc:594 GetExternalDataInfo TensorProto: W external data size mismatch. Computed size: 16, external_data.length: 17\n',
  ],
  [
    'memory',
    'Opening the model needs more memory than this machine has.',
    "Non-zero status code returned while running ConstantOfShape node. Name:'' Status Message: /onnxruntime_src/onnxruntime/core/framework/bfc_arena.cc:360 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) Failed to allocate memory for requested buffer of size 4398046511104\n",
  ],
  [
    'invalid',
    'The file is damaged or is not an ONNX model.',
    `Load model from ${path} failed:Protobuf parsing failed.`,
  ],
  [
    'invalid',
    'ONNX Runtime finds the model invalid: Subgraph output (dims1_final) is an outer scope value being returned directly.',
    `Load model from ${path} failed:/onnxruntime_src/onnxruntime/core/graph/graph.cc:1559 void onnxruntime::Graph::InitializeStateFromModelFileGraphProto() This is an invalid model. Subgraph output (dims1_final) is an outer scope value being returned directly.\n`,
  ],
]

const load = `Load model from ${path} failed:`
texts.push(
  [
    'operator',
    'Version 11 of the operator set no longer has Upsample; the model must be exported again, or under an older version.',
    `${load}This is an invalid model. In Node, ("", Upsample, "", -1) : ("x": tensor(float),) -> ("y": tensor(float),) , Error Op registered for Upsample is deprecated in domain_version of 11`,
  ],
  [
    'operator',
    'Add-6 is too old for ONNX Runtime, which has CPU kernels for operator set 7 and newer; convert the model to a newer one.',
    "Could not find an implementation for Add(6) node with name ''",
  ],
  [
    'kernel',
    'ONNX Runtime has no CPU kernel for Relu-6 with these types.',
    "Could not find an implementation for Relu(6) node with name ''",
  ],
  [
    'kernel',
    'It was compiled for the execution provider QNN, and needs an ONNX Runtime that has it.',
    "EPContext node generated by 'QNNExecutionProvider' is not compatible with any execution provider added to the session. EPContext node name: ''. Available session execution providers: [CPUExecutionProvider].",
  ],
  [
    'kernel',
    'It was compiled for an execution provider that it does not name, and needs an ONNX Runtime that has it.',
    "EPContext node generated by '(unknown)' is not compatible with any execution provider added to the session.",
  ],
  [
    'invalid',
    'Its graph has a cycle: values depend on each other, so it cannot be run in any order.',
    `${load}This is an invalid model. Error: the graph is not acyclic.`,
  ],
  [
    'invalid',
    'Nothing in its graph makes the value “gone”.',
    `${load}Invalid model. Node input 'gone' is not a graph input, initializer, or output of a previous node.`,
  ],
  [
    'invalid',
    'Nothing in its graph makes the value “y”.',
    `${load}/onnxruntime_src/onnxruntime/core/graph/graph.cc:1555 void onnxruntime::Graph::InitializeStateFromModelFileGraphProto() This is an invalid model. Graph output (y) does not exist in the graph.\n`,
  ],
  [
    'invalid',
    'Nothing in its graph makes the value “lost” before it is used.',
    `${load}This is an invalid model. In Node, ("", If, "", -1) : ("c": tensor(bool),) -> ("y": tensor(float),) , Error Nodes in a graph must be topologically sorted, however input 'lost' of node: \nname:  OpType: Add\n is not output of any previous nodes.`,
  ],
  [
    'invalid',
    'Its graph makes the value “y” more than once.',
    `${load}This is an invalid model. Error: Duplicate definition of name (y).`,
  ],
  [
    'invalid',
    'One of its functions calls itself, directly or through others.',
    `${load}Model local function definitions must not be recursive. Cycle detected: my.dom:f -> my.dom:f`,
  ],
)

describe('explainFailure', () => {
  it('says of a file that is too large for protobuf that it is', () => {
    const { Message } = explainFailure(`${load}Protobuf parsing failed.`, { path }, 2.4e9)
    expect(Message).toBe(
      'The file has 2.4 GB. Protobuf allows 2 GiB, so ONNX Runtime cannot open it; export its weights as external data.',
    )
  })

  it.each(texts)('sorts as %s: %s', (reason, message, text) => {
    expect(explainFailure(text, { path })).toEqual({ Reason: reason, Message: message })
  })

  it('says of weights that cannot be used what the report says', () => {
    const text = `${load}External data path does not exist: "/home/ada/w.bin"`
    const externalMessage = "w.bin is a link to a file outside the model's folder."
    expect(explainFailure(text, { path, externalMessage })).toEqual({ Reason: 'external', Message: externalMessage })
  })

  it("keeps a node's name though it looks like a path, and drops the model's own path", () => {
    const text = `Type Error: Type 'tensor(float)' of input parameter (/encoder/layer.0/MatMul) of operator (Add) in ${path} is invalid`
    const { Message } = explainFailure(text, { path })
    expect(Message).toContain('/encoder/layer.0/MatMul')
    expect(Message).not.toContain('/home/ada')
  })

  it.each([
    // Microsoft's compiler prints the function's name alone, Apple's the whole signature.
    'D:\\a\\_work\\1\\s\\onnxruntime\\core\\graph\\graph.cc:1559 onnxruntime::Graph::Resolve Node is broken',
    '/Users/runner/work/1/s/onnxruntime/core/graph/graph.cc:1559 common::Status onnxruntime::Graph::Resolve(const std::map<int, int> &) Node is broken',
  ])('drops the source location of other compilers: %s', (text) => {
    expect(explainFailure(text, { path }).Message).toBe('ONNX Runtime finds the model invalid: Node is broken.')
  })

  it('takes a text of any length in its stride, brackets included', () => {
    const text = `/x/y.cc:1 a::b${'('.repeat(1_000_000)}`
    expect(explainFailure(text, { path }).Message.length).toBeLessThan(500)
  })
})
