"""Templates of the lines that consoles burn in: what identifies stands in <angle brackets>, fillers in {braces}.

Fillers: {1}..{8} that many digits without leading zeros, {n} a whole number, {m} one below 1000, {f} a decimal, {s} a
sign or none, {L} a letter, {w} an invented word, {v} a word of the vocabularies, {u} one that evaluation holds out,
{p} a phrase of the Standard, {A} an age under 90, {x} M or F.
"""

# kind -> templates
IDENTIFYING_LINES: dict[str, str] = {
    "name": """
<name>|<name>|<name>|<name>|<name>|<name>|Name: <name>|Name: <name>|NAME: <name>|Pat: <name>|Patient: <name>
Patient Name: <name>|Pt: <name>|PATIENT <name>|Pat. Name: <name>|Name <name>|Nom: <name>|Nombre: <name>|Nome: <name>
Naam: <name>|Last Name: <family>|First Name: <given>|Family: <family>|Vorname: <given>|Nachname: <family>
Prénom: <given>|Apellidos: <family>|Imie: <given>|Ad: <name>|<name> [{x}]|<name> [{x}] <birth>|<name> [{x}] <date>
<name> ({x})|<name> {x}|<name> {x} {A}Y|<name>, {x}, {A}Y|<name>  <id>|<name> <id>|<id> <name>|<name> <birth>
<name> *<birth>|<name> / <id>|<name> | <id> | <birth>|<name> DOB: <birth>|<name> ID: <id>|<name> <date> <time>
TEST <name>|<family>|<given>|<name> <institution>|<name> {x} <age>|Surname: <family>|Patientenname: <name>""",
    "id": """
<id>|<id>|<id>|<id>|ID: <id>|ID: <id>|ID <id>|ID:<id>|ID# <id>|Pat ID: <id>|Pat.-ID: <id>|Patient ID: <id>
PatID <id>|PID: <id>|MRN: <id>|MRN <id>|MR# <id>|#<id>|# <id>|No. <id>|Nr. <id>|Pat.Nr.: <id>|Patient No: <id>
HN <id>|NHS: <otherid>|SSN: <otherid>|Case: <otherid>|Fall-Nr. <otherid>|IPP: <id>|NIP <id>|NHC: <id>|Chart # <id>
Med Rec: <id>|UR: <id>|CPR <otherid>|TC: <otherid>|Unit # <id>|<id> {x}|<id> <birth>|ID: <id> {x} {A}Y|(<id>)|[<id>]
<id>*|<shortid>|<shortid>|<shortid>|S/N <serial>|SN: <serial>|Serial: <serial>|Ser.No. <serial>|<serial>
Station: <station>|<station>|Ex: <study>|Ex:<study>|Exam: <study>|Exam# <study>|Exam ID: <study>|Study ID: <study>
Study: <study>|Visit: <otherid>|Room: <station>|Enc: <otherid>|Film No. <study>|HIC <otherid>""",
    "accession": """
Acc: <accession>|Acc#: <accession>|ACC: <accession>|Acc. No.: <accession>|Accession: <accession>
Accession Number: <accession>|AN: <accession>|A/N <accession>|Acc.# <accession>|<accession>|Order: <accession>
Order No: <accession>|Auftrag: <accession>|Req: <accession>|Request ID <accession>|Accession #<accession>
Ref: <accession>|Ref. No. <accession>|Zugang: <accession>""",
    "date": """
<date>|<date>|<date>|<date>|<date> <time>|<date> <time>|<date>, <time>|<date>  <time>|<time> <date>|Date: <date>
Study Date: <date>|Exam Date: <date>|Datum: <date>|Date <date> <time>|<birth>|DOB: <birth>|DOB: <birth>|DOB:<birth>
DOB <birth>|D.O.B. <birth>|Birth Date: <birth>|Birthdate: <birth>|Date of Birth: <birth>|geb. <birth>|Geb.: <birth>
*<birth>|* <birth>|born <birth>|née le <birth>|Né(e) le <birth>|F.Nac.: <birth>|Nac. <birth>|Nato il <birth>
Ur. <birth>|Geb.dat. <birth>|{x} <birth>|<birth> {x}|<birth> {A}Y|({x}) <birth>|LMP: <otherdate>|LMP <otherdate>
EDD: <otherdate>|EDC <otherdate>|Prior: <otherdate>|Acquired: <date>|Printed: <otherdate>|Cal. <otherdate>
Acq: <date> <time>|<date> - <time>|<date>T<time>|Rev. <otherdate>|Report <date>|<date> {x}|ET: <otherdate>""",
    "time": """
<time>|<time>|<time>|<time>|<time>|Time: <time>|Acq. Time: <time>|Time <time>|Uhrzeit: <time>|Heure <time>
Hora: <time>|@ <time>|Scan <time>|Inj: <time>|Start: <time>|T: <time>|<time> {n}/{n}|Img Time <time>
Start of Exam <time>|AT <time>|Exposed <time>""",
    "institution": """
<institution>|<institution>|<institution>|<institution>|<institution>|Institution: <institution>
Institution Name: <institution>|Hospital: <institution>|Site: <institution>|Inst: <institution>
<department>, <institution>|<institution> <department>|<institution> <date>|Facility: <institution>
<institution>, <city>|<institution> - <station>|Dept: <department>|<institution> <time>""",
    "phone": """
<phone>|Tel: <phone>|Tel. <phone>|Phone: <phone>|Ph: <phone>|Fax: <phone>|T: <phone>|Tél. <phone>|Call <phone>
<email>|<url>|E-Mail: <email>|email: <email>|Mobile <phone>|Pager <phone>|<url>""",
    "operator": """
<operator>|<operator>|<initials>|<initials>|Op: <operator>|Operator: <operator>|OPER: <operator>|Tech: <operator>
Tech <initials>|RT: <initials>|Technologist: <operator>|MTRA <operator>|MTA: <operator>|Sono: <operator>
Sonographer: <operator>|By: <operator>|Performed by: <operator>|Untersucher: <operator>|Rad: <physician>
Physician: <physician>|Ref: <physician>|Ref. Phys: <physician>|Referring: <physician>|Dr. <physician>|DR <physician>
Dr <physician>|Arzt: <physician>|Médecin: <physician>|Prof. <physician>|Perf. Phys.: <physician>|MD: <physician>
<physician>, MD|<physician> M.D.|Reader: <physician>|User: <operator>|Zuweiser: <physician>|L <initials>
R <initials>|<initials> L|<initials> R|Op. <initials>|OP:<initials>|Tec <initials>|Surgeon: <physician>
Doc. <physician>""",
    "address": """
<street>|<city>|<street>, <city>|Addr: <street>|Adresse: <street>, <city>|<street> <city>|<institution>, <street>""",
    "age": """
<age>|Age: <age>|AGE <age>|<age> {x}|{x} <age>|Alter: <age>|Age <age> {x}|{x}/<age>|Edad: <age>|Âge <age>|{x}, <age>""",
}

KEPT_LINES: dict[str, str] = {
    "laterality": """
L|R|L|R|L|R|LT|RT|LEFT|RIGHT|Left|Right|Lt|Rt|BILAT|Bilateral|LI|RE|links|rechts|D|G|SIN|DX|L.|R.|(L)|(R)|[L]|[R]
L ->|R <-|RIGHT SIDE|LEFT SIDE|R SIDE|L SIDE|L KNEE|RT HAND|L HIP|Left Foot|R SHOULDER|LT ANKLE|R WRIST|L ELBOW
Lt Breast|RT BREAST|L-1|R-1|L 1""",
    "position": """
A|P|H|F|I|S|L|R|AP|PA|LAT|OBL|LAO|RAO|LPO|RPO|AIL|PSR|AL|AR|PL|PR|HF|FH|RL|LR|ASL|PIR|HFS|FFS|HFP|FFP|CRAN|CAUD
CRAN/CAUD|LAO/RAO|A{3}|P{3}|R{2}|L{2}|S{2}|I{2}|H{2}|F{2}|AP ERECT|PORTABLE|Portable|SUPINE|Supine|PRONE|UPRIGHT
Upright|SEMI-UPRIGHT|Semi Erect|ERECT|DECUB|LLD|RLD|L DECUB|XTABLE LAT|CROSS TABLE|SITTING|STANDING|WEIGHT BEARING
WB|NWB|FLEXION|EXTENSION|AXIAL|OBLIQUE|SUNRISE|CC|MLO|ML|LM|XCCL|RCC|LCC|RMLO|LMLO|R CC|L MLO|LATERAL|FRONTAL
INSPIRATION|EXPIRATION|EXP|INSP|AP SUPINE|PA UPRIGHT|AP PORTABLE|LORDOTIC|ODONTOID|OPEN MOUTH|SWIMMERS|Y VIEW
AXILLARY|INTERNAL|EXTERNAL|INT ROT|EXT ROT|MORTISE|TUNNEL|SKYLINE|Head First|Feet First|PLAX|PSAX|A4C|A2C|A3C|4CH
2CH|SAX|LAX|SSN|Subcostal|TRANS|SAG|LONG|TRV|COR|AX|SAGITTAL|CORONAL|TRANSVERSE|Trans|Sag|Long|TR|RAO {2}
LAO {2} CRAN {2}|RAO {2} CAUD {1}|LAO {2}|CRAN {2}|40"|72"|SID {3}cm|SID {3}|T|TILT|Sitzend|Stehend|Liegend|debout
couché|Seated""",
    "technique": """
kV {3}|kV: {3}|{3} kV|KV {3}|kVp {3}|{2} kVp|mA {3}|mA: {3}|{3}mA|mAs {n}|{f} mAs|mAs: {n}|{n} mAs|mAs {n}/ref. {n}
ref. {3}|eff. mAs {n}|kV {3}  mA {3}|TI {f}|TI {f} s|GT {f}|SL {f}|SL {f}/{f}/{n}|{f}mm|{f} mm|{n}mm|{f} mm/{f}sp
Thk {f}|THK {f}mm|ST {f}|sl {f}|{n}x{n}|512x512|256x256|FoV {n}x{n} cm|FOV {n}|DFOV {f}cm|DFOV {n} cm|FoV {n}*{n}
{n} x {n}|W {n} L {n}|W = {n} L = {n}|W: {n} L: {s}{n}|WW {n} WL {n}|W/L: {n}/{n}|C {n} W {n}|C: {n} W: {n}
WC {s}{n} WW {n}|TR {n} TE {n}|TR {n}|TE {f}|TR: {f}|TE: {n}|TI {n}|FA {n}|Flip {n}|FA {n} deg|ETL {n}|NEX {1}
NSA {1}|NEX: {f}|BW {n}|{n}Hz/px|b {n}|b={n}|B{n}f|B{2}s|H{2}s|STND|BONE|LUNG|SOFT|DETAIL|STANDARD|EDGE|Br{2}|Qr{2}
I{2}f\\2|T1_se_tra|t2_tse_sag|T2_FLAIR|T1 TSE|t1_mprage_sag|DWI|ADC|FLAIR|STIR|SPGR|FSE|tfl3d|ep2d_diff|SE|GRE|TOF
T2*|T1W|PD FS|VIBE|HASTE|FIESTA|T1 POST|Se: {1}|Se:{n}|Im: {n}|Im:{n}|Im: {n}/{n}|IM#{n}|Img {n}|{n}/{n}|{n} / {n}
IMA {n}|IMA {n} / {n}|SE {n}|Series {n}|Image {n} of {n}|Acq {n}|Fr {n}/{n}|AX {f}|SAG {f}|COR {f}|SP {s}{f}
SP: H{f}|SP F{f}|Pos {f}|Loc: {s}{f}|ROT {s}{f}°|ROT {s}{n}|Tilt {n}|Tilt: {s}{f}|GT: {f}|+C|-C|C+|C--|C -- Omni
w/o contrast|with contrast|Contrast|POST|PRE|ARTERIAL|VENOUS|DELAYED|Arterial Phase|{n} ml|HELICAL|AXIAL {n}|HP
Pitch {f}|{f}:1|MPR|MIP|MinIP|VRT|3D|Surface|SCOUT|LOCALIZER|TOPOGRAM|Topogram|Scout|EI {n}|EI: {n}|S {n}|S: {n}
S={n}|DI {s}{f}|EXI {n}|REX {n}|LgM {f}|DAP {f}|{f} uGym2|{f} dGycm²|{f} mGy|Dose {f} mGy|CTDIvol {f}|DLP {n}
DLP {n} mGycm|{f} mSv|{n} ms|{f} s|{f} sec|Filter {n}|Grid|GRID|No Grid|Large Focus|LF|SF|AEC|Mo/Mo|Mo/Rh|W/Rh|{n} N
{n} daN|{n} fps|{f} fps|{n} F/S|Frame {n}|MAG {f}|Mag. {f}x|ZOOM {f}|Zoom: {n}%|Z {f}|FD {n}|Lossy|Lossy {n}:1|JPEG
Uncompressed|Q{n}|Gamma {f}|RAW|INV|Edge {n}|MI {f}|MI: {f}|MI={f}|MI < {f}|TIs {f}|TIS {f}|TIb {f}|TIB{f}|TIc {f}
TIC: {f}|TI(S): -|MI: -|TIS<{f} MI={f}|TIS={f} MI={f} AO={n}%|AO {n}%|AO% {n}|TIb<{f}|MI {f} TIs {f}|MI {f} TIS {f}
FR {n}Hz|FR {n} Hz|FR: {f} FPS|{n}Hz|{n} Hz|{f} MHz|{f}MHz|{n}HZ|{n}fps|RS|2D|2D / {n}% / C {n} / P Low / HGen|{n}%
C {n}|C {n} / M{1}|P Low|P Med|P High|HGen|HPen|HRes|Gen|Pen|Res|Har-low|Har-high|Harm|THI|CHI|CHA|TAC{1}|Dyn R {n}
DR {n}|{n}DR|{n}dB|DR{n}dB|Gn {n}|Gn: {n}|GN {s}{n}|Gain {n}%|GAIN {n}|G {n}|G: {n}%|{n}G|COMP {n}|Map {n}|M{1}
M{1} M{1}|X{1}|C{1} / M{1}|P{1} / E{1}|SRI II {1}|SRI {1}|CRI {1}|XRES|SonoCT|CrossXBeam|S/A {n}|E{1}|FA{1}|P{n}
PWR {n}|PWR|PRF {f}k|PRF {f} kHz|PRF: {n}|WF {n}Hz|WF Low|WF {n}|{n}Hz/{n}|SV {f}mm|SV Angle {n}°|SV{f} mm {f} cm
Angle {n}°|AC {n}|{n}°|Depth {f} cm|D {f}cm|{n}cm|{f}cm|{f} cm|{n}CM|16cm {n}s|{f}cm / {f} / {n}Hz|CF|CF {n}%
CF / {n}% / WF {n}Hz / {f}MHz|Color|PW|CW|CPA|PDI|M-Mode|B|B+C|PW {n}%|Flow Opt: MedV|TDI|Freq {f}|Frq {f}
Frq {f}MHz|XMIT:A|{f}/{f}-L|{f}/{f}-V|PROC {1}/0/E/B/B|R{1} A{1} P{n}|BG {n}|FG {n}|Post {n}|Persist {n}|Persist Low
LD {n}|FPS {n}|{1} / {1} / {1}|V{1}|LThr {n}|{n}k|{n}f|CG{n}|{n}CG""",
    "measurement": """
Dist {f} cm|Dist {f} mm|Dist A {f} cm|D1 {f} cm|D{1}: {f} mm|L1 {f} cm|+ {f} mm|+ {f} cm|+ Dist {f} cm|x {f} mm
1 D {f} cm|1 L {f} cm|x Dist {f} cm|A {f} cm²|Area {f} cm²|Area {f} cm2|Circ {f} cm|Vol {f} ml|Volume {f} cm³
HR {n} bpm|HR {n}|{n} bpm|{n}BPM|*** bpm|{n} BPM|LVIDd {f} cm|LVIDs {f} cm|IVSd {f} cm|LVPWd {f}|LA Diam {f} cm
Ao Diam {f}|Asc Ao Diam|Asc Ao Index|EF {n}%|EF(Teich) {n} %|FS {n}%|SV {n} ml|CO {f} l/min|Vel {n} cm/s
Vmax {f} m/s|Vmax {n} cm/s|PS {n} cm/s|ED {n} cm/s|RI {f}|PI {f}|S/D {f}|MD {n}|PG {n} mmHg|MaxPG {n} mmHg
Mean PG {n} mmHg|VTI {f} cm|AVA {f} cm²|MVA (PHT) {f}|PHT {n} ms|E/A {f}|E/e' {f}|E' {f}|DecT {n} ms|TAPSE {f} cm
TR Vmax {f} m/s|RVSP {n} mmHg|BPD {f} cm|BPD {f} cm {2}w{1}d|HC {f} cm|AC {f} cm|FL {f} cm|CRL {f} mm|NT {f} mm
GS {f}|GA {2}w{1}d|GA={2}w{1}d|EFW {n}g|EFW {n} g ± {n}g|AFI {f}|FHR {n} bpm|GA (LMP) {2}w{1}d|CEREB {f}|Cist Mag
+ Cist Mag|+ Endometrium|Ovary L {f}|Fol {1} {f} mm|Kidney L {f} cm|Prostate {f} ml|CCA PSV {n}|ICA EDV {n}
IMT {f} mm|Thyroid {f} x {f} cm|{f} x {f} x {f} cm|{f} x {f} mm|HU {s}{n}|Mean {f}|Mean: {f} SD: {f}|Av {f} SD {f}
Min {s}{n} Max {n}|Max: {n}|SD {f}|StdDev {f}|ROI {1}|ROI: {f} cm²|{f} HU|Angle: {f}°|Angle {f} deg|{f}°|{f} mm²
1: {f} mm|A: {f} cm|Length: {f} mm|{s}{f}|{s}{f} cm/s|V1 {n}|T {f}|SUVmax {f}|SUV {f}|{n} cts|{n} kcts|{n} counts
{f} MBq|{f}%|Ratio {f}|Diam {f} cm|Depth {f}|Cobb {f}°|BMD {f} g/cm²|T-score {s}{f}|Z-score {s}{f}|BPM {n}|SpO2 {n}%
BP {3}/{2}|RR {n}|T: {f}C|PAT T: {f}C|TEE T: {f}C|TEE H <{f}C|EE {f} ms|{n} mmHg|LVOT {f}|QP/QS {f}|E {f} m/s
A {f} m/s|{f} kPa|Med {f} kPa|IQR {f}|{n} dB/m""",
    "scale": """
0|1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|20|25|30|40|50|60|80|100|120|150|200|-10|-20|-40|-60|-80|-100|+{f}|-{f}
+{n}|-{n}|{f}|{n}|{n}|cm/s|m/s|cm|mm|s|ms|dB|Hz|kHz|{n} s|10cm|5 cm|10 mm|{n}mm/s|75 mm/s|50mm/s|0%|5%|10%|20%|50%
95%|100%|{n}%|1 cm|5s|{n}ms|mV|{n} mV|inv|[cm]|[cm/s]|-{n} cm/s|{n}.|{n},{1}|1.0|2.0|0.5|T {n}|I|II|III|aVR|aVL|aVF
V1|V2|V{1}""",
    "interface": """
FROZEN|FREEZE|Freeze|CINE|CINE {4}|Live|LIVE|STORE|Store|Print|PRINT|Menu|Exit|Cancel|OK|Save|Help|Next|Prev|Back
Undo|Clear|Clear All|Report|Review|Patient|Worklist|Setup|Body Mark|Text|Caliper|Annotate|Preset|Presets|Biopsy|Dual
Quad|Zoom|Focus|Power|Page 1/2|Page {1}|Loading...|Saving...|Ready|Not for diagnostic use|NOT FOR DIAGNOSTIC USE
For Presentation|FOR PROCESSING|Loop|LOOP|Frame|Play|Pause|Stop|Scan|Standby|Trackball|Select|Update|Trace|Delete
Edit|Home|End Exam|Begin Exam|New Patient|Disk {n}%|HDD {n}%|Tissue|Vascular|Abdomen|Adult Echo|Gen OB|OB|GYN|Gyn EV
Adv Breast|Small Parts|MSK|Cardiac|Carotid|Thyroid|Renal|OB 2/3|Ped Abd|Vasc Art|TCD|EGD|Endoscopy|Colonoscopy|Page
Compare|Protocol|Test|TEST PATTERN|SMPTE TEST PATTERN|Image|Series|Study|Window|Level|Invert|Flip|Rotate|Reset
Default|Auto|Manual|On|Off|ON|OFF|Yes|No|ECG|EKG|Resp|Rec|REC|Video|CAPTURE|Still|Sharpness|Enhance|Iris|Peak|Ave
Auto Iris|WB|NBI|White Light|Eh:A5 Ce:1|Comment:|Comments|Physician:|SCV------1|CT:N|Gr:N|:1|D.F:|Name:|ID No.:|Sex:
Age:|D.O.B.:|Date:|Time:|ID:|DOB:|Patient ID:|Patient Name:|Institution|Accession:|Operator:|Name|Sex|Age|Procedure:
M|F|Sex: {x}|Sex {x}|[{x}]|Geschlecht: {x}|{A}Y|{A} yrs|Age: {A}|{x} {A}|{x}/{A}Y|Age {A}Y|0{A}Y|{A} Y|Wt: {n} kg
Ht {3} cm|BSA {f} m²|Weight: {n}kg|****|***|---|....|---->|->|=>|<-|<--|+|x|X|*|o|#|<|>|/|-|_|=|.|[ ]|( )|>>|<<|^|v
1:|2.|A:|B)""",
    "device": """
LOGIQ E9|LOGIQ P{1}|LOGIQ S8|Vivid E95|Vivid q|Voluson E10|Voluson S8|Voluson|EPIQ 7|EPIQ 5G|Affiniti 70|iU22
HD11 XE|CX50|SONOLINE|ACUSON S2000|ACUSON X300|Aplio {3}|Xario 200|SSA-{3}A|SonoSite|M-Turbo|Edge II|MyLab {2}
HI VISION|ARIETTA 70|Prosound|ClearVue 550|DC-{1}|M{1}|Resona 7|GE|PHILIPS|SIEMENS|TOSHIBA|CANON|HITACHI|MINDRAY
FUJIFILM|SAMSUNG|ESAOTE|HOLOGIC|GE MEDICAL SYSTEMS|GE Healthcare|SIEMENS Healthineers|Philips Medical Systems
Sensation 64|SOMATOM Definition|Brilliance 64|LightSpeed VCT|Optima CT660|Discovery MR750|Signa HDxt|SIGNA
MAGNETOM Avanto|Ingenia|Achieva 3T|Aquilion ONE|Avanto|Skyra|GE ADVANTAGE|ADVANTAGE|Artis zee|Allura Xper|Innova
OEC 9900|BV Pulsera|Ziehm|Selenia|Lorad|Senographe|Mammomat|Definium 8000|DigitalDiagnost|FCR|CR {2}-X|Carestream
KODAK DR|DRX|AGFA|Regius|Xplorer|S5-1|C5-1|L12-5|X5-1|C9-2|L9-3|9L|C1-5|M5Sc|RAB6-D|RAB4-8-D|RIC5-9|3D9-3v|{1}C{1}
L{2}-{1}|C{1}-{1}|{2}L|12L-RS|4V1|14L5|6C1|PVT-{3}BT|LA{3}|EC-{4}|CF-H{3}|GIF-H{3}|OLYMPUS|PENTAX|EVIS LUCERA|CV-{3}
CLV-{3}|8M12L|S{1}-{1}|L{2}-{1} MHz|Ver. {f}|V{1}.{1}.{1}|SW {f}|Rev {f}|v{f}""",
    "anatomy": """
LIVER|Liver|KIDNEY|RT KIDNEY|Lt Kidney|LEFT KIDNEY|SPLEEN|GB|Gallbladder|CBD|PANCREAS|Pancreas|AORTA|AO|IVC|BLADDER
UTERUS|OVARY|RT OVARY|LT OV|Prostate|Testis|THYROID|BREAST|CHEST|ABDOMEN|PELVIS|HEAD|NECK|C-SPINE|L-SPINE|T SPINE
KNEE|HIP|HAND|FOOT|WRIST|ANKLE|SHOULDER|ELBOW|FEMUR|TIBIA|SKULL|Brain|BRAIN|ORBIT|SINUS|Lungs|HEART|LV|RV|LA|RA|AV
MV|TV|PV|LVOT|RVOT|CCA|ICA|ECA|RT CCA|LT ICA|VERT|SFA|CFA|POP|FEM|SFV|GSV|SUBCL|Jugular|RT BULB|LT CCA PROX|MID|DIST
PROX|UPPER POLE|LOWER POLE|MID POLE|FETUS|Fetal Heart|PLACENTA|CORD|AMN|Femur|SPINE|4 CHAMBER|PROFILE|CYST|MASS
NODULE|LYMPH NODE|LYMPH  NODE|STONE|Appendix|APPENDIX|RLQ|LUQ|RUQ|LLQ|EPIGASTRIC|AXILLA|RT AXILLA|RETROAREOLAR
12 O'CLOCK|{1}:00 {1}CM FN|RT BREAST {1}:00|ESOPHAGUS|STOMACH|ANTRUM|DUODENUM|COLON|CECUM|SIGMOID|RECTUM|GI|POLYP
ULCER|BARRETT'S|ESOPHAGUS AT {2}CM|GASTRIC ULCER|CEREBRAL INFARCT|LUNG APEX|CHEST PA|PA CHEST|ABD AP|KUB|Thorax
Schädel|Leber|Niere|Milz|Becken|Knie|Hüfte|Foie|Rein|Vésicule|Hígado|Riñón|Abdomen sup.|Hand li.|Thorax p.a.|LWS|HWS
BWS|MSCSKEL|EPIDIDYMIS|SCROTUM|TENDON|ACHILLES|Median Nerve|Hepatic V""",
    "other": """
DISPLAY SHOULD INFORM USER MEASURED SIZE|{n} pixels|- {n} mm, no calibration|(0018,1164)|(0028,0030)|Pixel Spacing
image_{1}|Copyright {4}|ISO {n}|Phantom|PHANTOM|WATER PHANTOM|QC TEST|QA|Daily QC|Step Wedge|AIR|Cal
No. of images {n}|Total {n}|Compression {n}:1|Pre-contrast|after contrast {n} min|{n} min|{n} min post|{f} min
t = {f} s|Delay {n}s|pre void|POST VOID|fasting|limited exam|Valsalva|rest|REST|stress|STRESS|PEAK|Stage {1}
Recovery|Baseline|no comparison|{w} {n}|{w}|see report|?|{n}.{n}.{n}|TAG {n}|COIL: HEAD|Coil: SPINE|HEAD|BODY 6
Ref. {n}|Sensor {n}|{n} of {n}""",
}
# Terms that stand alone on so many consoles that short ones have to be read without any context.
SHORT_LABELS = """
L|R|A|P|H|F|S|I|L|R|A|P|H|F|LT|RT|AP|PA|LA|RA|LV|RV|AO|Ao|cm|mm|s|Hz|dB|%|°|+|x|-|1|2|3|4|5|6|7|8|9|0|10|15|20
2D|3D|M|CF|PW|CW|B|C|D|E|G|N|T|V|W|X|Y|Z|G|P|TR|TE|TI|FA|SL|kV|mA|ms|MI|SE|Im|WW|WL|C1|T12|L4|L5|S1|D1|D2|II|V5
RS|M3|P2|X2|µm|m²|CC|GA|HC|AC|FL
"""
