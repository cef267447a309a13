"""Templates that no training page is drawn from: the classifier is measured on them.

Placeholders and fillers are those of `console_text`; words of the vocabularies come from {u}, which training
never draws.
"""

HELD_OUT_IDENTIFYING: dict[str, str] = {
    "name": """
<name>|<name>|<name>|<name>|Patient's name: <name>|Pt. Name <name>|PAT NAME: <name>|PNAME: <name>|Patient/<name>
Name des Patienten: <name>|Nom du patient : <name>|Nombre del paciente: <name>|Paziente: <name>|Nome do paciente: <name>
Naam patiënt: <name>|<name> | {x}|<name> / {x} / {A}|<name>, *<birth>|<birth> <name>|<id>/<name>|<name> MRN <id>
[<name>]|Family name <family>|Forename: <given>|<family> {x} {A}|Ms. <family>|<name> +<id>|Name(s): <name>
<name>  born <birth>""",
    "id": """
<id>|<id>|<shortid>|<shortid>|Pat. No. <id>|PatientID=<id>|Pt ID <shortid>|Med. Rec. # <id>|MRN-<id>|Hospital ID: <id>
Pat-Nr <shortid>|N° patient: <id>|N. paziente: <id>|Nº historia <id>|Matrícula: <id>|Patiëntnr: <id>|ID/<id>|<id> / {x}
Identifier: <id>|Admission <otherid>|Episode: <otherid>|Exam nr. <study>|ID = <id>|(ID <id>)|Ident <shortid>
Health card <otherid>|<shortid>-{x}""",
    "serial": """
S/N: <serial>|Ser. No: <serial>|Serial# <serial>|Seriennummer <serial>|Device SN <serial>|Panel SN: <serial>
Workstation: <station>|Station: <station>""",
    "accession": """
Acc. <accession>|Accession nr: <accession>|ACCNO <accession>|Acc-No: <accession>|Order nr. <accession>
Exam acc. <accession>|<accession>|Anforderung: <accession>""",
    "date": """
<date>|<date>|<birth>|<date> at <time>|<date> | <time>|Exam performed <date>|Study from <date>
Untersuchungsdatum: <date>
Date de l'examen : <date>|Fecha del estudio: <date>|Data dell'esame <date>|Scanned <date>|Taken: <date>|D.o.B.: <birth>
Birth: <birth>|DoB <birth>|Geboren am <birth>|Date de naissance: <birth>|F. de nacimiento <birth>
Data di nascita: <birth>
Nasc.: <birth>|Geb. datum <birth>|<birth> / {x}|{x}, <birth>|Last menses <otherdate>|Due date: <otherdate>
Previous: <otherdate>|Implant <otherdate>|Follow-up of <otherdate>|Expires <otherdate>""",
    "time": """
<time>|<time>|Taken at <time>|Time of exam: <time>|Uhr: <time>|Heure d'acquisition <time>|Acquired <time>|t0 = <time>
Contrast at <time>|Local time <time>""",
    "institution": """
<institution>|<institution>|<institution>|<institution>|<institution>, Dept. of <department>|Hosp.: <institution>
Place: <institution>|Provider: <institution>|<institution> | <date>|<city>, <institution>|Einrichtung: <institution>
Structure : <institution>|Owner <institution>""",
    "phone": """
<phone>|T. <phone>|Telephone: <phone>|Tel no. <phone>|Ring <phone>|F: <phone>|Email <email>|<email>|see <url>|<url>""",
    "operator": """
<initials>|<initials>|<initials>|Tech initials: <initials>|Techn.: <operator>|Radiographer <initials>
Done by <operator>|Op.: <initials>|Operated by: <operator>|Scanner: <operator>|MTAR: <operator>|Manip: <operator>
Ref. Dr. <physician>|Referrer: <physician>|Radiologe: <physician>|Consultant: <physician>|Dr.<physician>
Prescripteur: <physician>|<physician>, M.D.|R <initials>|L <initials>|<initials> L|PA/<initials>|AP <initials>
Cardiologist <physician>|Supervisor <physician>|<operator> RDMS""",
    "person": """
<stranger>|<stranger>|<stranger>|Husband: <stranger>|Cc <stranger>|Dr <stranger>|Attn. <stranger>|<letters>|<letters>
{u}: <stranger>|Discussed with <stranger>|Student: <stranger>""",
    "address": """
<street>|<city>|<street> - <city>|Residence: <street>|Wohnort: <city>|Domicile: <street>, <city>|Street: <street>""",
    "age": """
Age (yrs): <age>|Aged <age>|Age = <age>|Alter: <age> {x}|Age at exam: <age>|Idade: <age>""",
}

HELD_OUT_KEPT: dict[str, str] = {
    "laterality": """
L|R|Left|Right|LEFT SIDE|Rt Side|L hand|R knee|LT FOOT|RT WRIST|Lt Shoulder|RIGHT HIP|L/R|(Right)|(Left)|links|rechts
gauche|droite|izq|dcha|L breast|R Breast|RIGHT EYE|Left ear""",
    "position": """
A|P|R|L|H|F|AP|PA|LAT|Lat.|AP/PA|AP erect|PA upright|Supine AP|Portable supine|Portable erect|Erect PA|RCC|LMLO|R-MLO
L-CC|XCCL|ML|RAO {1}|LAO {1} CRAN {1}|CAUD {1}|CRAN {2} RAO {2}|axial|Coronal|SAG|Transv.|Oblique R|Obl L|LATERAL
sitting
Standing|PLAX|PSAX|A4C|Apical|subcostal|SAG LT|TRANS RT|Long axis|Short axis|Prone|Feet first|Head first supine""",
    "technique": """
{2} kVp|{3} kV|kV={2}|{n} mAs|mAs={n}|{3} mA|mA={3}|{n}ms|{f}ms|SID={3}cm|EI={n}|EI {n}|DI={f}|DAP={f} mGycm²|Dose={f}
{f}mGy|Comp {n}N|Force {n} N|Thick. {2}mm|Filter: Al|Focus S|AEC|Grid|Se:{1}|Se {n}|Im {n}|Im. {n}|Img #{n}
Image {n}/{n}
{n}/{n}|Slice no. {n}|SL: {f}|SL={f}mm|Thk: {f}mm|Thickness {f} mm|Gap: {f}|FOV={n}|FOV {n} cm|DFOV={f}cm|{n} x {n}
Matrix: {n} x {n}|W={n} L={n}|W:{n} L:{n}|WW={n} WL={n}|C={n} W={n}|WL {n}|TR={n}|TE={n}|TR: {n} TE: {n}|TI={n}|FA {n}°
Flip={n}|ETL={n}|NEX={1}|BW={n}|b = {n}|T1|T2|PD|FLAIR|STIR|DWI|ADC|T1 SE|T2 TSE|T1 FS|GRE|TSE|SE|Post contrast|+C
Arterial|Venous|Delay {n} s|Pitch={f}|Rot {f}s|Tilt={f}|Zoom {f}|Zoom={n}%|Mag={f}|MPR {1}|MIP|VR|Kernel {1}|Soft|Bone
Lung
CTDIvol={f}mGy|DLP={n}|Frame {n}|Fr. {n}|Fr {n}|{n} fps|{n}fps|FPS: {n}|FR={n}Hz|{n}Hz|{f}MHz|{f} MHz|Freq {f}MHz
Gain={n}
Gain: {n}|Gn={n}|DR={n}|DR {n}dB|Depth={f}cm|D={f} cm|{f}cm|MI={f}|MI : {f}|TIS={f}|TIs = {f}|TIB: {f}|MI {f} TIS {f}
PRF={n}|PRF {f}kHz|WF={n}|SV={f}mm|Angle={n}|{n}deg|Power {n}%|Pwr={n}%|Map={1}|Map {1}|Persist={1}|Harmonics|2D|B mode
Color|CFM|PW Doppler|CW|M mode|Steer={n}|Focus={f}|Compression {n}:1|JPEG {n}|Lossy""",
    "measurement": """
D={f}cm|D = {f} mm|1) {f} cm|2) {f} mm|Dist={f} cm|Dist. {f} mm|L={f}|W={f} cm|H={f} cm|Area={f}cm²|Area = {f} cm2
Vol={f}ml
Volume = {f} ml|Circ={f}|Angle={f}°|Ang. {f}|Mean={f}|Mean {f} HU|SD={f}|Min={n} Max={n}|Max={n}|Avg={f}|HU={n}
ROI={f}cm²
HR={n}|HR={n}bpm|{n}bpm|EF={n}%|EF = {n} %|FS={n}%|LVIDd={f}cm|LVIDs={f}|IVSd={f} cm|LA={f}|Ao={f} cm|Vmax={f}m/s
Vmax = {n}
PG={n}mmHg|Max PG = {n} mmHg|VTI={f}|E={f}|A={f}|E/A={f}|DT={n}ms|TAPSE={f}|PSV={n}|EDV={n}cm/s|RI={f}|PI={f}|S/D={f}
BPD={f}cm|HC={f} cm|AC={f}|FL={f} cm|CRL={f}|NT={f}mm|GA={1}w{1}d|GA: {2}w {1}d|EFW={n}g|AFI={f}|FHR={n}|SUV={f}
SUVmax={f}
BMD={f}|T-score={s}{f}|T-score: {s}{f}|Z={s}{f}|BP={3}/{2}|SpO2={n}%|{f}x{f}cm|{f}*{f}*{f} mm|Length={f}|Depth={f}
{u}={f}
{u} = {f} mm|{u} {n}%|{u} {f} ml|{u} {u}: {f}""",
    "scale": """
0|1|2|3|4|5|6|7|8|9|10|15|20|30|40|50|60|70|90|100|120|-20|-40|-60|-80|{2}|{1}|{n}|{f}|-{f}|+{f}|cm|mm|cm/s|m/s|kHz|dB
HU|s
5 cm|10 cm|{n} cm|{n} mm|1.0|0.0|-1.0|{2}.0|{n}%""",
    "interface": """
{u}|{u} {u}|{u}:|{u} {u} {u}|{u} / {u}|{u}: {u}|({u})|{u} {1}|{u} {n}|{u} & {u}|{u}>|Name :|ID :|Sex= {x}|Sex/{x}
{x} / {A}
{A}yo {x}|{x} {A}yrs|Age={A}|Age: {A} {x}|Sex {x}, age {A}|Weight={n}kg|Wt={n} kg|Ht={3}cm|BSA={f}|BMI={f}|DOB :|Date :
Time :|Patient ID :|Acc. no.:|Operator :|Frozen|Freeze on|Cine loop|Print screen|Save image|Exit menu|Page {1}|Next|Prev
Review mode|Live mode|Caliper {1}|Text on|Menu {1}|Preset {1}|Report {1}|For presentation|Not for diagnosis|Select image
Disk {n}%|Battery {n} %|OK|Cancel|>|<|+|x|--|***""",
    "device": """
{L}{2}-{1}{L}|{L}{1}-{2}|{1}{L}{1}-{1}|GE LOGIQ|GE Voluson {L}{1}|Philips EPIQ|Philips Affiniti|SIEMENS ACUSON
Siemens Somatom
Canon Aplio|Toshiba Xario|Mindray DC{1}|Samsung HS{2}|Esaote MyLab|Hologic Selenia|Fujifilm FDR|Olympus CV{3}|GE Signa
Siemens Avanto {1}T|Philips Achieva|GE Innova|Agfa DX|Kodak CR{3}|Probe={L}{2}-{1}|Transducer {L}{1}-{1}|SW v{1}.{1}
Ver={1}.{1}|Software {1}.{1}""",
    "anatomy": """
{u}|{u} {u}|Lt {u}|R {u}|Liver RT|Rt lobe|Left lobe|Kidney RT|Kidney L|Rt Kidney long|Spleen long|GB long|CBD
Pancreas body
Aorta long|Bladder post void|Uterus long|Rt ovary|Lt Ovary {1}|Thyroid left|Breast {1} o'clock|Cyst {1}|Mass {1}
Node {1}
CCA|ICA prox|ECA left|Bulb rt|CFV comp|Pop vein|Fetal head|Fetal abdomen|Femur|Heart 4ch|Cord|Placenta|Chest
Abdomen supine
Pelvis|L-spine|C-spine lat|Knee|Hip|Hand|Foot|Wrist|Ankle|Shoulder|Elbow|Skull|Stomach body|Antrum|Duodenum|Colon asc
Rectum|Esophagus distal|Tooth {2}|LAD|RCA|LCx|L1-L4|Femoral neck""",
    "other": """
{u} {u} {u} {u}|The {u} {u} is {u}|No {u} {u}|{u} of {u}|Normal {u} and {u}|{u} with {u}|{n} images|{n} min|t={n} s
Rest|Stress
Baseline|Post void|Breath hold|With contrast|Without contrast|Phantom|QA test|{u} in {u}, {u}|({n}/{n})|Total={n}
Ref={n}""",
}

# Names of places that care for people; none of these forms is among those of training.
HELD_OUT_INSTITUTIONS: tuple[str, ...] = (
    "{city} Regional Medical Campus", "{city} Teaching Hospital", "{saint} Mercy Hospital", "{city} District Hospital",
    "{city} Eye Hospital", "{name} Surgical Hospital", "{city} Breast Clinic", "{name} Orthopaedic Clinic",
    "Diagnostikzentrum {city}", "SANA Klinik {city}", "Rotkreuzklinik {city}", "Radiologie & Nuklearmedizin {name}",
    "Kreisspital {city}", "Spital {city} AG", "Kinderspital {city}", "Praxis {name} & {other}", "Ordination Dr. {name}",
    "Centre de Radiologie {name}", "Hôpital de {city}", "Clinique du {city}", "Institut de Cardiologie {city}",
    "Fundación {name}", "Hospital Comarcal {city}", "Clínica Dental {name}", "Instituto {name}", "IRCCS {saint}",
    "Ospedale Civile {city}", "Clinica {saint}", "Studio Dentistico {name}", "Centrum Medyczne {city}",
    "Szpital Miejski {city}", "Diakonessenhuis {city}", "{city} Sygehus", "{city} Medical College Hospital",
    "{name} Nursing Home", "{name} Diagnostic Centre", "{city} Maternity Hospital", "{name} Animal Hospital",
    "{city} Health Clinic", "{name} Dental Clinic", "{city} MRI Center", "{city} Heart Hospital", "Dr {name} Klinik",
    "{saint} Hospice {city}", "{city} Outpatient Clinic", "{name} Family Practice",
)  # fmt: skip
