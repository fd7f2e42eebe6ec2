"""torchvision's ResNet-50 on the CPU, driven by deep-speed.ts over stdin: one JSON request a line, one JSON answer a line.

Usage: deep-torch.py WEIGHTS.safetensors PICTURES.f32    (float32 [n, 3, 224, 224], little-endian)
"""
import json
import resource
import sys
import time

import numpy as np
import torch
import torchvision


def load(path):
    data = open(path, "rb").read()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = np.frombuffer(data, "<f4", (end - begin) // 4, 8 + size + begin)
        tensors[name] = torch.from_numpy(values.copy().reshape(entry["shape"]))
    network = torchvision.models.resnet50(weights=None)
    network.fc = torch.nn.Identity()
    missing, unexpected = network.load_state_dict(tensors, strict=False)
    assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
    return network.eval()


def main():
    network = load(sys.argv[1])
    pictures = torch.from_numpy(np.fromfile(sys.argv[2], "<f4").reshape(-1, 3, 224, 224))
    with torch.inference_mode():
        for line in sys.stdin:
            request = json.loads(line)
            torch.set_num_threads(request["threads"])
            batch = request["batch"]
            wall, cpu = time.perf_counter(), time.process_time()
            rows = [network(pictures[at : at + batch]) for at in range(0, request["pictures"], batch)]
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            answer = {
                "wall": wall,
                "cpu": cpu,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
                "versions": [torch.__version__, torchvision.__version__],
            }
            if request.get("features"):
                answer["features"] = [[float(v) for v in row] for row in torch.cat(rows)]
            print(json.dumps(answer), flush=True)


main()
