"""Small DICOM files of other writers, with their answers, for reference/dicom/peers.

highdicom writes segmentations (binary with segments that overlap, fractional and run-length coded, a map of labels);
pydicom writes a structure set that names its frame of reference only in its sequences; DCMTK's dcmcjpeg compresses an
image with loss and its dcmdjpeg gives the pixels back; imagecodecs writes High-Throughput JPEG 2000. Voxels are counted on the arrays that were given to the writers.

    python3 -m venv peers && peers/bin/pip install pydicom==3.0.2 highdicom==0.28.2 imagecodecs==2026.3.6 && apt-get install dcmtk
    peers/bin/python reference/generate/dicom_peers.py reference/dicom/peers
"""
import hashlib, json, os, subprocess, sys, tempfile
import highdicom, imagecodecs, numpy as np, pydicom, pydicom.encaps
from highdicom.seg import Segmentation, SegmentAlgorithmTypeValues, SegmentDescription, SegmentationTypeValues
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sr.codedict import codes
from pydicom.uid import ExplicitVRLittleEndian, RLELossless

out = sys.argv[1]
os.makedirs(out, exist_ok=True)
ROOT = "1.2.826.0.1.3680043.8.498.1"
FRAME = ROOT + ".9"
random = np.random.default_rng(18)
NX, NY, NZ, STEP, DX, DY = 24, 20, 6, 3.0, 1.2, 1.5


def head(sop, series, instance):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = sop
    meta.MediaStorageSOPInstanceUID = f"{ROOT}.{series}.{instance}"
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    data.SOPClassUID, data.SOPInstanceUID = sop, meta.MediaStorageSOPInstanceUID
    data.PatientID, data.PatientName, data.PatientBirthDate, data.PatientSex = "PEER", "PEER", "", "F"
    data.StudyInstanceUID, data.SeriesInstanceUID = ROOT + ".8", f"{ROOT}.{series}"
    data.StudyID, data.AccessionNumber, data.ReferringPhysicianName = "1", "", ""
    data.StudyDate, data.StudyTime, data.SeriesNumber = "20240105", "101500", series
    return data


def image(series, k):
    data = head("1.2.840.10008.5.1.4.1.1.4", series, k + 1)
    data.Modality, data.ImageType, data.Manufacturer = "MR", ["ORIGINAL", "PRIMARY", "M"], "PEER"
    data.FrameOfReferenceUID, data.PositionReferenceIndicator, data.InstanceNumber = FRAME, "", k + 1
    data.ImageOrientationPatient, data.ImagePositionPatient = [1, 0, 0, 0, 1, 0], [-10, -20, 5 + STEP * k]
    data.PixelSpacing, data.SliceThickness = [DY, DX], STEP
    data.Rows, data.Columns, data.SamplesPerPixel, data.PhotometricInterpretation = NY, NX, 1, "MONOCHROME2"
    data.BitsAllocated = data.BitsStored = 8
    data.HighBit, data.PixelRepresentation = 7, 0
    y, x = np.mgrid[0:NY, 0:NX]
    pixels = 120 + 60 * np.sin(x / 3 + k) * np.cos(y / 4) + random.integers(-8, 9, (NY, NX))
    data.PixelData = pixels.clip(0, 255).astype(np.uint8).tobytes()
    return data


def save(name, data):
    data.save_as(os.path.join(out, name), enforce_file_format=True)


# Two series on one grid: masks are drawn on the second.
sources = [[image(series, k) for k in range(NZ)] for series in (1, 2)]
for series in sources:
    for k, data in enumerate(series):
        save(f"image-{data.SeriesNumber}-{k + 1}.dcm", data)

answers = {"by": f"highdicom {highdicom.__version__}, pydicom {pydicom.__version__}", "masks": {}}


def segment(number, label):
    return SegmentDescription(
        number, label, codes.SCT.MorphologicallyAbnormalStructure, codes.SCT.Lesion, SegmentAlgorithmTypeValues.MANUAL
    )


def segmentation(name, series, pixels, kind, segments, inside, **options):
    written = Segmentation(
        source_images=sources[1], pixel_array=pixels, segmentation_type=kind, segment_descriptions=segments,
        series_instance_uid=f"{ROOT}.{series}", series_number=series, sop_instance_uid=f"{ROOT}.{series}.1",
        instance_number=1, manufacturer="PEER", manufacturer_model_name="PEER", software_versions="1",
        device_serial_number="1", **options,
    )
    save(name, written)
    answers["masks"][name] = {
        str(number): np.flatnonzero(mask.ravel()).tolist() for number, mask in inside.items()
    }


overlap = np.zeros((NZ, NY, NX, 2), np.uint8)
overlap[1:4, 5:12, 6:15, 0] = 1
overlap[3:5, 8:16, 10:20, 1] = 1
segmentation("seg-overlap.dcm", 11, overlap, SegmentationTypeValues.BINARY, [segment(1, "tumour"), segment(2, "node")],
             {1: overlap[..., 0], 2: overlap[..., 1]})
share = np.zeros((NZ, NY, NX))
share[1:4, 5:12, 6:15], share[4, 5:12, 6:15] = 0.7, 0.3
segmentation("seg-fractional-rle.dcm", 12, share, SegmentationTypeValues.FRACTIONAL, [segment(1, "tumour")],
             {1: share >= 0.5}, max_fractional_value=200, transfer_syntax_uid=RLELossless)
labels = np.zeros((NZ, NY, NX), np.uint8)
labels[1:4, 5:12, 6:15], labels[4, 8:16, 10:20] = 1, 3
segmentation("seg-labelmap.dcm", 13, labels, SegmentationTypeValues.LABELMAP, [segment(1, "tumour"), segment(3, "node")],
             {1: labels == 1, 3: labels == 3})

# A structure set: outer contour with a hole, in voxels between centres, so that no convention of edges matters.
structures = head("1.2.840.10008.5.1.4.1.1.481.3", 14, 1)
structures.Modality = "RTSTRUCT"
reference, study, series, roi, name = Dataset(), Dataset(), Dataset(), Dataset(), Dataset()
series.SeriesInstanceUID = ROOT + ".999"
study.RTReferencedSeriesSequence = [series]
reference.FrameOfReferenceUID, reference.RTReferencedStudySequence = FRAME, [study]
structures.ReferencedFrameOfReferenceSequence = [reference]
name.ROINumber, name.ROIName, name.ReferencedFrameOfReferenceUID = 1, "tumour", FRAME
structures.StructureSetROISequence = [name]
roi.ReferencedROINumber, roi.ContourSequence = 1, []
drawn = np.zeros((NZ, NY, NX), bool)
for z, (x0, y0, x1, y1) in ((2, (3, 3, 16, 15)), (2, (6, 6, 11, 11)), (3, (3, 3, 9, 9))):
    drawn[z, y0:y1, x0:x1] ^= True
    contour = Dataset()
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    contour.ContourGeometricType, contour.NumberOfContourPoints = "CLOSED_PLANAR", 4
    contour.ContourData = [
        f"{value:.6g}" for x, y in corners for value in (-10 + (x - 0.5) * DX, -20 + (y - 0.5) * DY, 5 + STEP * z)
    ]
    roi.ContourSequence.append(contour)
structures.ROIContourSequence = [roi]
save("structures.dcm", structures)
answers["masks"]["structures.dcm"] = {"1": np.flatnonzero(drawn.ravel()).tolist()}

# One slice compressed with loss by DCMTK, and decompressed by it.
with tempfile.TemporaryDirectory() as work:
    source, back = os.path.join(out, "image-1-1.dcm"), os.path.join(work, "back.dcm")
    lossy = os.path.join(out, "jpeg-baseline.dcm")
    subprocess.run(["dcmcjpeg", "+eb", "+q", "80", "+un", source, lossy], check=True)
    subprocess.run(["dcmdjpeg", lossy, back], check=True)
    data = pydicom.dcmread(back)
    version = subprocess.run(["dcmdjpeg", "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    answers["jpegBaseline"] = {
        "by": version.split("v3")[0].replace("$", "").strip() + " " + next((w for w in version.split() if w.startswith("v")), ""),
        "pixels": data.pixel_array.ravel().tolist(),
        "sha256": hashlib.sha256(data.pixel_array.tobytes()).hexdigest(),
    }
# A slice of 16 bits in High-Throughput JPEG 2000, lossless, by imagecodecs; its answer is what went in.
data = image(21, 0)
pixels = random.integers(0, 4096, (NY, NX)).astype(np.uint16)
data.BitsAllocated, data.BitsStored, data.HighBit = 16, 16, 15
data.PixelData = pydicom.encaps.encapsulate([imagecodecs.htj2k_encode(pixels, reversible=True)])
data["PixelData"].VR = "OB"
data["PixelData"].is_undefined_length = True
data.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.4.201"
save("htj2k.dcm", data)
answers["htj2k"] = {"by": f"imagecodecs {imagecodecs.__version__}", "pixels": pixels.ravel().tolist()}
with open(os.path.join(out, "answers.json"), "w") as file:
    json.dump(answers, file)
    file.write("\n")
