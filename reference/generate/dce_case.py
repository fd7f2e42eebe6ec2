"""Features of a real breast DCE case read from its DICOM files by SimpleITK and measured by PyRadiomics, for reference/dicom/dce-case.json.

The second time point (by content time) of the series and the breast mask of UCSF-BR-06 (TCIA Breast-MRI-NACT-Pilot, CC BY 3.0), as
../shared/data/mri-breast-dce-ucsf/SOURCE.md describes them. Only computed numbers are kept. Needs SimpleITK 2.5.7, PyRadiomics 3.0.1:

    python reference/generate/dce_case.py FOLDER_OF_UCSF-BR-06 reference/dicom/dce-case.json
"""
import glob, json, os, sys
import SimpleITK as sitk
import radiomics
from radiomics import featureextractor

folder, out = sys.argv[1:]
times = {}
for path in glob.glob(os.path.join(folder, "image_dce_3dfgre_orig", "*")):
    reader = sitk.ImageFileReader()
    reader.SetFileName(path)
    reader.ReadImageInformation()
    times.setdefault(reader.GetMetaData("0008|0033"), []).append((reader.GetOrigin(), path))
second = times[sorted(times)[1]]
mask = sitk.ReadImage(os.path.join(folder, "mask", "1-1.dcm"))
normal = [mask.GetDirection()[3 * row + 2] for row in range(3)]
second.sort(key=lambda one: sum(a * b for a, b in zip(one[0], normal)))
image = sitk.ReadImage([path for _, path in second])
onto = sitk.Resample(mask > 0, image, sitk.Transform(), sitk.sitkNearestNeighbor, 0)

extractor = featureextractor.RadiomicsFeatureExtractor({"imageType": {"Original": {}}, "setting": {"binWidth": 25}})
found = extractor.execute(image, onto)
values = {name: float(value) for name, value in found.items() if name.startswith("original_")}
result = {
    "by": f"SimpleITK {sitk.Version_VersionString()}, PyRadiomics {radiomics.__version__}",
    "voxels": int(sitk.GetArrayViewFromImage(onto).sum()),
    "size": image.GetSize(),
    "features": values,
}
with open(out, "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")
