"""More templates, for pages that teach the classifier: what many consoles, modalities and languages write.

Placeholders and fillers are those of `console_text`.
"""

# kind -> templates; what the classifier learns beside those of `console_text`.
MORE_IDENTIFYING: dict[str, str] = {
    "name": """
<name>|<name>|<name>|<family>, <given>|<family> <given>|<given> <family>|<family>^<given>|Name  <name>|NAME <name>
Patient: <name> ({x})|Patient Name <name>|PatientName: <name>|Nome paziente: <name>|Nom patient : <name>|Nom : <family>
Prénom : <given>|Paciente: <name>|Nombre: <name>|Pasjent: <name>|Patiënt: <name>|Pacjent: <name>|Hasta: <name>
Adı: <name>|Jméno: <name>|Név: <name>|Nimi: <name>|Navn: <name>|Baby of <name>|B/O <name>|Mother: <name>|Owner: <name>
Besitzer: <name>|Tier: <given>|<name>, <given>|<name> {x} {A}|<name> {A}Y {x}|<name>, {x} {A} yrs|<name> ({A} {x})
<id>, <name>|<id> - <name>|<name> - <id>|<name> [<id>]|<name> (<id>)|<name>;<birth>|<name> geb. <birth>|<name>, <birth>
Pat. <name> *<birth>|<name>   {x}   <birth>|1. <name>|<name> {x}{A}|Subject: <name>|Volunteer <given>
Name of Patient: <name>
Patient <family>|<family> {x}|Herr <family>|Frau <family>|Mr <family>|Mrs. <family>""",
    "id": """
<id>|<id>|<shortid>|<shortid>|ID <shortid>|ID: <shortid>|Pat <shortid>|No <shortid>|Nr <shortid>|#<shortid>|ID:<shortid>
MRN:<id>|MRN# <id>|Patient-ID: <id>|PAT-ID <id>|Patient ID <id>|N° dossier: <id>|Dossier <id>|N. cartella: <id>
Historia: <id>|NHC <id>|HC: <id>|Prontuário: <id>|Pat.nr <id>|Pnr: <otherid>|Personnr <otherid>|Fødselsnr: <otherid>
CF: <otherid>|PESEL <otherid>|PESEL: <otherid>|TAJ: <otherid>|BSN <otherid>|NISS: <otherid>|INSEE <otherid>
Medicare: <otherid>|HKID <otherid>|IC No: <otherid>|Hosp No: <id>|Hospital No. <id>|Reg. No: <id>|Reg No <id>|OPD <id>
IPD <id>|UHID: <id>|CR No. <id>|Lab No <otherid>|Bed <shortid>|Ward/Bed: <shortid>|Sample: <otherid>|Barcode <otherid>
Exam No <study>|Exam ID <study>|Study #<study>|StudyID <study>|ID No.: <id>|ID No. <id>|Pat.Id <id>|PatNo. <id>
<shortid> W {n} L {n}|W {n} L {n} <shortid>|<shortid> {L}{L} {f}|{L}{L} {f} <shortid>|<shortid> {n} kV|kV {n} <shortid>
<shortid> {n} {v}|{v} {n} <shortid>|{v} <shortid>|{v} <shortid>|<shortid> {v}|{p} <shortid>|<shortid> {p}|{L} <shortid>
<shortid> {L}|{L}{1} <shortid>|{L}{L} <shortid>|<shortid> {n} mm|<shortid> {n} Hz|{L}{1}-{1} <shortid>|{v} {1} <shortid>
Order# <accession>|<id> <shortid>|<shortid> {x}|<id>  {x}  {A}Y|{x} <id>|Subject <shortid>|Case <shortid>""",
    "serial": """
S/N <serial>|SN <serial>|Serial No. <serial>|Serial Number: <serial>|SN:<serial>|Gerätenr. <serial>|N° série <serial>
Detector <serial>|Det. ID: <serial>|Det SN <serial>|Plate ID <serial>|Cassette: <serial>|Tube SN: <serial>
Scope SN <serial>
Scope ID: <serial>|<serial>|<station>|Station <station>|Room: <station>|Sys: <station>|Unit: <station>|AE: <station>""",
    "accession": """
<accession>|Acc <accession>|Acc No <accession>|Acc.Nr. <accession>|ACC# <accession>|A# <accession>
Accession: <accession>
Accession No. <accession>|Auftragsnr. <accession>|N° demande: <accession>|Ordine: <accession>|Order <accession>
Exam: <accession>|Req. No. <accession>|Worklist ID <accession>|<accession> / <study>""",
    "date": """
<date>|<date>|<date>|<birth>|<date> <time>|<time> <date>|<date>, <time>|<date> / <time>|Date : <date>|Dato: <date>
Data: <date>|Data esame: <date>|Fecha: <date>|Date d'examen: <date>|Untersuchung: <date>|Aufnahme: <date> <time>
Tarih: <date>|Dátum: <date>|Päivä: <date>|Datum: <date>|Datum <date>|Exam: <date>|Exam <date>|Scan: <date>
Scan Date <date>
Study <date>|Visit Date: <date>|Acquisition Date: <date>|Series <date>|Content: <date>|Created <date>
Printed <date> <time>
Stored: <date> <time>|Updated: <otherdate>|Compared to <otherdate>|Prior exam <otherdate>|since <otherdate>
Date of exam: <date>|Next visit <otherdate>|DOB <birth> ({A} yrs)|D.O.B: <birth>|Birth date <birth>|BirthDate: <birth>
Born: <birth>|b. <birth>|Geburtsdatum: <birth>|Geb <birth>|Date naiss. : <birth>|Né le : <birth>|Fecha Nac.: <birth>
Data nascita: <birth>|Nascimento: <birth>|Fødselsdato: <birth>|Doğum: <birth>|Ur.: <birth>|{x} {A} <birth>|<birth> ({A})
DDN <birth>|LMP(<otherdate>)|LMP = <otherdate>|EDD(LMP): <otherdate>|EDC <otherdate>|ET <otherdate>|Op. <otherdate>
Calibrated <otherdate>|Cal: <otherdate>|Exp. <otherdate>|<date>   <time>   {n}/{n}""",
    "time": """
<time>|<time>|<time>|<time>|Time : <time>|Zeit: <time>|Ora: <time>|Heure : <time>|Hora <time>|Saat: <time>|Tid: <time>
Acq <time>|Acq.: <time>|Start <time>|Inj. <time>|Injection time <time>|Image time: <time>|Exp <time>|End: <time>
Scan time <time>|Printed at <time>|Clock <time>|<time> Fr {n}""",
    "institution": """
<institution>|<institution>|<institution>|<institution>|<institution>|<institution>|<department>, <institution>
<institution>, <city>|Hospital <institution>|Inst.: <institution>|Institution <institution>|Site <institution>
Klinik: <institution>|Etablissement: <institution>|Centro: <institution>|<institution> / <department>|Dept. <department>
<institution>   <date>|<date> <institution>|<institution>  <name>|© <institution>|<institution> - <department>
Abt.: <department>|Service: <department>|<institution> Tel <phone>|Clinic: <institution>""",
    "phone": """
<phone>|Tel <phone>|Tel.: <phone>|Phone <phone>|Telefon: <phone>|Tlf. <phone>|Fax <phone>|Tel/Fax <phone>|Mob: <phone>
<email>|<url>|Mail: <email>|Web: <url>|<url> <phone>|Contact: <phone>|Service hotline <phone>|Call: <phone>""",
    "operator": """
<initials>|<initials>|<initials>|<initials>|<operator>|<operator>|Op <initials>|Op: <initials>|OP <operator>
Oper.: <operator>|Operator <operator>|Operator <initials>|Tech. <initials>|Tech: <initials>|Tech:<operator>
TECH <operator>
RT <initials>|R.T.: <initials>|Tech ID: <initials>|Technologist <operator>|Technician: <operator>|Opérateur: <operator>
Operatore: <operator>|Operador: <operator>|Bediener: <operator>|MTR: <operator>|Radiographer: <operator>
Sonographer <operator>|Sonog: <initials>|Examiner: <operator>|Exam by <operator>|Scanned by <operator>
Read by <physician>
Reported by: <physician>|Arzt <physician>|Untersucher <physician>|Médico: <physician>|Medico: <physician>|Dr <physician>
Dr. <physician>|DR. <physician>|Dr.med. <physician>|Prof. Dr. <physician>|Attending: <physician>|Phys: <physician>
Physician <physician>|Ref. MD: <physician>|Ref.Phys <physician>|Ref by: Dr <physician>|Ordered by <physician>
Surgeon <physician>|Anaes: <physician>|Endoscopist: <physician>|Nurse: <operator>|Assistant: <operator>
<physician>, RDCS
<operator>, RT(R)|<physician> RDMS|<physician>, DO|L <initials>|R <initials>|<initials> R|L-<initials>|R-<initials>
LT <initials>|RT {1} <initials>|<initials> {1}|PA <initials>|AP <initials>|Signed <physician>|Approved: <physician>
Dentist: <physician>|Vet: Dr <physician>|User <operator>|Login: <initials>|Performed: <operator>
<initials>/<initials>""",
    "address": """
<street>|<city>|<street>, <city>|<street> <city>|Address: <street>|Anschrift: <street>, <city>|Adresse : <street>
Via: <street>|Dirección: <street>|City: <city>|Ort: <city>|<street>, <city> <phone>""",
    "age": """
Age: <age>|AGE: <age>|Age <age>|Age <age> {x}|{x}, age <age>|Alter: <age>|Alter <age>|Âge : <age>|Edad: <age>|Età: <age>
Sex {x} Age <age>|{x} / age <age>|Patient age: <age>""",
}

MORE_KEPT: dict[str, str] = {
    "laterality": """
L|R|L|R|LEFT|RIGHT|Lt.|Rt.|LEFT BREAST|RIGHT BREAST|L BREAST|Left Kidney|Right Hand|LT HIP|R FOOT|L ANKLE|RIGHT KNEE
gauche|droite|Gauche|Droit|izquierda|derecha|IZQ|DER|sinistra|destra|SX|DX|esquerdo|direito|Links|Rechts|LINKS|RECHTS
lewa|prawa|venstre|høyre|höger|vänster|vasen|oikea|sol|sağ|Bilateral|BOTH|OD|OS|O.D.|O.S.|L  R|L / R|L side|R side
R <|> L|<R|L>|R*|*L|L (ERECT)|R ERECT|L UP|R SUPINE""",
    "position": """
A{3}|P{3}|R{3}|L{3}|S{3}|I{3}|H{3}|F{3}|A {3}|P {3}|R {2}.{1}|L {2}.{1}|A{2}.{1}|P{2}.{1}|S {f}|I {f}|H{2}.{1}|F {3}.{1}
A|P|L|R|H|F|S|I|AP|PA|LAT|Lateral|LATERAL L|LAT R|AP ERECT|PA ERECT|AP SUPINE|AP SITTING|AP MOBILE|MOBILE AP|ERECT
SUPINE
PORT|PORTABLE AP|TABLETOP|BUCKY|NON BUCKY|WALL|TABLE|HBL|HORIZ BEAM|OBLIQUE|R OBL|L OBL|OBL INT|STRESS VIEW|MERCHANT
ROSENBERG|HOLMBLAD|JUDET|DANELIUS|STENVERS|WATERS|TOWNE|CALDWELL|SCHULLER|SMV|LORDOTIC|R CC|L CC|R MLO|L MLO|RMLO|LMLO
RCC|LCC|R ML|L LM|RXCCL|LXCCL|RCCID|LMLOID|CV|AT|ID|SPOT|MAG|TAN|RL|LM|FB|Anterior|Posterior|ANT|POST|RAO|LAO|RPO|LPO
RAO {2}|LAO {2} CAUD {2}|RAO {1} CRAN {2}|LAO {2}.{1} CRA {1}.{1}|[A]|[P]|[R]|[L]|(A)|(P)|AR|PL|AHR|PFL|LPH|RAS|FEET
HEAD|Feet First|Head First|Rückenlage|Bauchlage|im Stehen|im Liegen|a.p.|p.a.|seitl.|seitlich|face|profil|De face|de pie
decúbito|laterale|in piedi|zittend|staande|stående|liggende|seisten|ayakta|yatarak|PLAX|PSAX AV|PSAX PAP|AP4|AP2|A5C
Subcostal 4CH|SC IVC|SSN Arch|Parasternal|Apical 4|TG SAX|ME 4CH|ME LAX|TRANS PROX|SAG MID|LONG LT|TRV RT|Sagittal
Coronal|Transverse|Longitudinal|Quer|Längs|coupe axiale|AX T1|SAG T2|COR STIR""",
    "technique": """
{2}G{2}|{2}CG{2}|{2}F{2}|{2}DR{2}|{3}P{3}|{n}P{n}|{1}M{2}L|{2}M{2}L|{2}G{2}|{3}P{3}|{2}/{2}|{1}.{1}/{1}.{1}-{L}|{2}DR{2}
{3} kV|{2} kV|{2}.{1} kV|{3} kVp|{2}kVp|{3} mA|{3}mA|{2} mAs|{f} mAs|{3} mAs|{2} kV {3} mA|{3}kV, {2}mAs
{3} kV / {2} mAs
kV: {3}, mA: {3}|kVp {2} mAs {n}|mAs: {f}|{f} ms|{n} ms|{f} s|{f}s|Exp. {n} ms|SID {3}|SID: {3} cm|SOD {n}|OID {2}
DFA {n}
EI {n}|EI: {n}|EI_s {n}|DI: {f}|DI: -{f}|S={n}|S {n} L {f}|S-value {n}|REX {n}|EXI={n}|Dose {f} mGy|AGD {f} mGy|AGD: {f}
ESD {f}mGy|ED {f} mGy|MGD {f}|Entrance dose {f}|Comp. {n} N|Compression: {n} N|{n}N|{f} daN|{n} lbs|Thickness {2} mm
{2} mm
{2}mm {n}N|Angle {1}|Angle: {n}|W/Rh|W/Ag|Mo/Mo|Rh/Rh|Filter: Rh|Filter: 1 mm Al + 0.1 Cu|0.1 mm Cu|Al {1} mm|AEC on
AEC: L+R
Grid: yes|Grid in|No grid|Focus: large|FOCUS 0.6|Dens {1}|Density +{1}|Sensitivity {n}|Speed {n}|DAP: {f}
KAP {f} Gycm2|AK {f}
Fluoro {n}:{2}|Fluoro time {f} min|{n} p/s|{f} f/s|{2} fps|Frame {n} / {n}|Frame: {n}|Run {n}|Run: {n}|RUN {n} - FR {n}
FD {2} cm|FD: {n}|Mag {1}|II {2} cm|SE: {n}|SE:{1} IM:{n}|Se {1} Im {n}|Se: {n}/{n}|Im: {n} / {n}|Img: {n}|Im {n}
Image {n}
Image: {n}/{n}|IMA {n}|#{n}|{n} of {n}|{n}/{n}|Slice {n}|Slice: {f} mm|Slice {n}/{n}|SL {f}|SP {s}{f}|SP: {s}{f}
TP {s}{f}
Loc {s}{f} mm|L{n}.{1}|S{n}.{1}|I{n}.{1}|R{n}.{1}|{f}mm/{f}mm|ST: {f}|Thick: {f} mm|Gap {f}|Spacing: {f} mm|FOV {n} mm
FOV: {n}x{n}|FoV {n}|DFOV: {n}|DFOV {n} x {n} cm|RFOV {n}|Matrix {n}x{n}|MTX {n}/{n}|{n}x{n}|{n} x {n} x {n}|{n}*{n}
W: {n} C: {n}|W{n} L{n}|W {n} : L {n}|WW: {n} WL: {s}{n}|WL: {n} WW: {n}|WW/WL {n}/{n}|C{n}/W{n}|L {n} W {n}
Win {n} Lev {n}
Window {n} Level {n}|F {n} B {n}|Zoom {n}%|Zoom: {f}|Mag: {f}x|{f}x|Angle: {n}|Rotation {n}|Pitch: {f}|pitch {f}:1
{f} s/rot
Tilt: {f}|TILT {s}{f}|ASIR {n}%|SAFIRE {1}|ADMIRE {1}|iDose ({1})|DLIR-M|B{2}f|B{2}s|Br{2}d|FC{2}|H{2}s|I{2}f
Kernel: B{2}
STANDARD|SOFT|BONE PLUS|LUNG|Chst|DETAIL|Std|CTDIvol: {f}|CTDI {f} mGy|DLP: {n}|DLP {n}.{1}|Total DLP {n}|MIP {n} mm
MPR {n}
AIP|VRT {n}|Ref {n}|TR: {n}|TE: {f}|TI: {n}|TR/TE {n}/{n}|TR {n}.{1} TE {n}.{1}|TR={n} ms|TE={n} ms|FA: {n}|FA={n}
ETL {n}
ETL:{n}|EC {1}|EC:1/1 {n}kHz|EC:1/{1} {f}kHz|NEX: {1}|NSA: {1}|AV {1}|BW: {n}|BW {n} Hz|PAT {1}|iPAT {1}|SENSE {f}|b={n}
b-value {n}|b {n} s/mm²|b{n}|DW_SSh|T1W_TSE|T2W_TSE|T1 FFE|T2 FSE|T1W|T2W|PD|PD SPAIR|STIR|FLAIR|DIXON|mDIXON|in phase
opp
opp phase|water|fat|VIBE +C|T1 +GD|POST GAD|pre|Post|Dyn {1}|Dyn {n}|dyn. {n} s|Ph {1}/{n}|Phase {n}%|{n}%
BestDiast {n} %
HR {n}|ECG gated|TT {n}|TD {n}|Acq. {n}|Acq {1}/{1}|A {1}|SAR {f}|Coil: {v}|{v} coil|Coil {1}{L}|HE{1}-{1}|SP{1},{1}
{f} MHz|{f}MHz|{2}MHz|{1}.{1}MHz|Frq. {f} MHz|Freq: {f} MHz|Fund|Harm|THI|H{f} MHz|Pen|Res|Gen|{n} Hz|FR: {n}|FR {n}
{2} FPS|{2}Hz|R{2}|D {f}|D: {f} cm|Depth {n}|{2}cm|{f} cm|P: {n}%|{n}dB|{n} dB|DR: {n}|DR {2} dB|G: {n}|Gn {2}
Gain {n} dB
G{2}|G {n}%|AP {n}%|A.Power {n}%|PWR {n}%|P{n}%|MI: {f}|MI {f}|MI<{f}|TIS: {f}|TIs {f}|TIs: {f}|TIb {f}|TIC {f}
MI:{f} TIS:{f}|TIs{f} MI{f}|TI {f}|PRF {n}|PRF: {f} kHz|PRF {f}|WF {n}|Wall {n}|Filter {n} Hz|SV {n} mm|SV: {f}mm|{2}°
θ {n}|CA {n}|Inv|Persist. {1}|Pers {1}|Smooth {1}|Map {1}|Map: {1}|Gray {1}|Chroma {1}|Dens {1}/{1}|CFM {f} MHz
CFM G {n}
Steer {n}|SonoHD|SRI {1}|Edge Enh {1}|XRES {1}|ClearVision|Line {n}|LD {1}|Focus {1}|{1} foci|Sec. {n}|VA {n}
Quality {v}
Thr {n}|Q {1}|EE {f}|Vol {n}|B {n}°|V {n}°|Mix {n}/{n}|SRI 3D {1}|Qual max|Skeleton|Surface|HDlive|Render|OmniView
Aufnahme {n}|Schicht {f} mm|Schichtdicke {f}|Bild {n}|Bild {n}/{n}|Serie {n}|Fenster {n}|Zentrum {n}|Verst. {n}
Tiefe {f} cm
Frequenz {f} MHz|Coupe {n}|Coupe {f} mm|Image n° {n}|Série {n}|Épaisseur {f} mm|Fréq. {f} MHz|Profondeur {f} cm
Imagen {n}
Corte {f} mm|Serie: {n}|Grosor {f}|Profundidad {f} cm|Ganancia {n}|Immagine {n}|Strato {f} mm|Profondità {f}
Guadagno {n}
Imagem {n}/{n}|Corte {n}|Beeld {n}|Dikte {f} mm|Diepte {f} cm|Obraz {n}|Warstwa {f}|Głębokość {f}|Bilde {n}|Snitt {f} mm
Derinlik {f} cm|Kesit {f}|lossy|Lossy {n}:1|JPEG {n}:1|Q={n}|NBI|WLI|BLI|LCI|AFI|i-scan {1}|SE{1}|CE {1}|Eh:B{1}|Cr {1}
Gr:{1}|IRIS AUTO|Zoom x{f}|x{f}|D.F. {1}|Iris Ave|Shutter 1/{n}|ISO {n}|F{1}.{1}|Flash|f={n} mm""",
    "measurement": """
1 {f} cm|2 {f} cm|1: {f} cm|2: {f} mm|+ {f} cm|x {f} cm|D {f} mm|D1 {f} mm|D2: {f} cm|Dist {f}|Distance {f} mm
d = {f} mm
L = {f} mm|Length {f}|Length: {f} cm|Width {f} cm|Height: {f}|AP {f} cm|ML {f} cm|W {f} cm|L {f} cm|H {f} cm
Depth {f} cm
Area: {f} mm²|Area {f}|A = {f} cm²|Perim. {f} cm|Perimeter: {f} mm|Circ: {f}|Vol: {f} ml|Volume {f}|V {f} cm³
Vol. {f} cc
Angle {n}°|Angle: {f}°|α {n}|Alpha {n}°|Beta {n}°|HKA {f}°|Cobb: {f}°|CE {n}°|Slope {f}|Max {f}|Min {f}|Avg {f}
Average: {f}
Mean = {f}|Mean: {n} HU|Av: {f} HU|SD: {f}|Std.Dev. {f}|Pixels: {n}|N = {n}|Sum {n}|Var {f}|Median {f}|HU: {s}{n}
{s}{n} HU
ROI 1: {n}|ROI {1} Mean {f}|#1 {f}|A1 {f} cm²|{n} bpm|{3} bpm|HR: {n} bpm|HR {n}|BP {3}/{2}|RR {n} ms|QT {n} ms
PR {n} ms
LVIDd {f}|LVIDd: {f} cm|LVEDV {f} ml|LVESV(MOD) {n} ml|EDV(Teich) {n}|EF {n} %|LVEF: {n}%|FS: {n}%|IVSd: {f}
LVPWd {f} cm
LA {f} cm|LA/Ao {f}|Ao Root {f}|AoV Vmax {f} m/s|AV Vmax: {n} cm/s|AV maxPG {n} mmHg|AV meanPG {n}|AVA(VTI) {f}
MV E {f} m/s
MV A Vel {f}|E/A: {f}|DT {n} ms|E' sept {f}|S' {f}|TAPSE: {n} mm|TR maxPG {n}|RVSP: {n} mmHg|RAP {n}|PISA r {f}
GLS -{n}%
LVOT diam {f} cm|LVOT VTI {f}|Qp/Qs {f}|IVC {f} cm|PSV {f}|PSV: {n} cm/s|EDV {n} cm/s|RI: {f}|RI = {f}|PI: {f}|S/D: {f}
ICA/CCA {f}|PSV ICA {n}|Vs {n} Vd {n}|TAMAX {f}|Accel {f}|AT {n} ms|Flow {n} ml/min|Sten. {n}%|Stenosis {n}%|IMT: {f} mm
BPD: {n} mm|HC: {n} mm|AC {n} mm|FL: {n} mm|CRL {f} cm|CRL: {n} mm|NT: {f} mm|GA: {2}w{1}d|GA {2}w {1}d|{2}w{1}d
AUA {2}w{1}d
{2}W{1}D ± {1}D|EFW: {n} g|EFW {n} g ({n}%)|AFI {n} mm|MVP {f} cm|FHR: {n}|UA RI {f}|MCA PI {f}|CPR {f}|Percentile {n}
Fol. {1}: {n} mm|R{1} {f} mm|Endo {f} mm|End. thick {f}|Ut L {f}|Cervix {n} mm|RVol {n} ml|PVR {n} ml|Pre {n} ml
Resid. {f}
SUV {f}|SUVmax: {f}|SUVpeak {f}|MTV {f}|SUVbw {f}|{f} g/ml|{n} kBq|{f} mCi|{n} cps|BMD: {f}|BMC {f} g|T-Score: {s}{f}
T {s}{f}
Z-Score {s}{f}|YA {n}%|AM {n}|{f} ({n}%)|L1 {f} {f} {s}{f}|L2-L4 {f} {s}{f} {s}{f}|Total {f} {f} {s}{f}|Neck {f} {s}{f}
{f} {f} {f}|{f} | {f} | {f}|{s}{f} {s}{f}|Strain {f}|SR {f}|E {f} kPa|{f} m/s|CAP {n} dB/m|IQR/M {n}%|FRAX {f}%|Fat {f}%
Abstand {f} mm|Länge: {f} mm|Fläche {f} cm²|Winkel {f}°|Volumen {f} ml|Mittelwert {f}|Distance : {f} mm|Longueur {f} mm
Surface {f} cm²|Moyenne {f}|Distancia {f} mm|Longitud: {f}|Área {f}|Ángulo {f}|Distanza {f} mm|Lunghezza {f}
Afstand {f} mm
Odległość {f} mm|Kąt {f}|Avstånd {f}|Uzunluk {f} mm|{v} {f} mm|{v}: {f} cm|{v} {n}|{v} {v} {f}|{v} = {f}|{v} {f} cm/s
{v} {n} ms|{v} {n} %""",
    "scale": """
0|5|10|15|20|25|30|40|50|60|80|100|120|150|180|200|250|300|-5|-10|-15|-20|-30|-40|-50|-60|-80|-100|1|2|3|4|5|6|7|8|9
1.0|2.0|0.5|1.5|.5|0.0|{f}|-{f}|+{f}|{2}|{1}|{3}|-{2}|{n}|cm|mm|cm/s|m/s|[cm/s]|[m/s]|kHz|kPa|HU|%|dB|mmHg|s|ms|sec|mV
uV
10 cm|5cm|10mm|50 mm|1 cm|{n} mm|{n} cm|{n}mm|-{n}.{1}|{n}%|Max|Min|+{2}.{1}|-{2}.{1}|{1}e-{1}|1k|2k|x10|{f} m/s
-{f} m/s
100%|0%|50%|{n}°|90°|{2}s|0:{2}""",
    "interface": """
{v}|{v}|{v} {v}|{v} {v}|{v} {v} {v}|{v}:|{v} / {v}|{v}: {v}|{v} {1}|{v} {n}|{v}...|[{v}]|<{v}>|{v} - {v}|{v}, {v}
{v} ({v})
Name|Name:|NAME:|ID|ID:|ID No.|Sex|Sex: {x}|Sex : {x}|Age|Age:|Age: {A}|Age : {A} Y|DOB|DOB:|D.O.B.|Date|Date:|Time
Time:
Patient|Patient:|Patient Name|Patient Name:|Patient ID|Patient ID:|PatID:|MRN:|Accession No.:|Acc:|Institution:
Hospital:
Physician:|Ref. Physician:|Ref. Phys.:|Operator:|Tech:|Performed by:|Comment:|Comments:|Remarks|Diagnosis:|Indication:
Clinical info:|Procedure:|Exam type:|Study:|Birth Date:|Date of Birth:|Gender: {x}|Gender|Geschlecht: {x}|Sexe : {x}
Sexo: {x}
Sesso: {x}|Kjønn: {x}|Geslacht: {x}|Geboren|Geb.:|Vorname|Nachname|Nom|Prénom|Nombre|Apellidos|Cognome|Nome|Datum
Fecha|Ort
{x}|({x})|[{x}]|{x} {A}Y|{A} Y|{A}y|{A} yrs|{A}Y {x}|0{A}Y|{x}, {A}|{A} years|{A} Jahre|{A} ans|{A} años|{A} anni
Age {A}
Wt {n} kg|Weight {n} kg|Height {3} cm|Ht: {3} cm|{n} kg|{3} cm|BMI {f}|BSA: {f} m²|Gewicht {n} kg|Poids {n} kg
Peso {n} kg
Freeze|Unfreeze|Save|Load|Store|Print|Delete|Cancel|OK|Apply|Next|Back|Exit|Menu|More|Help|Setup|Options|Settings|Tools
Report|Worksheet|Archive|Send|Export|Import|Search|Filter|Sort|Select|Select all|Clear|Undo|Redo|Zoom in|Zoom out|Pan
Fit
Full screen|Layout|1x1|2x2|Cine|Loop|Play|Pause|Stop|Next image|Page {1}/{1}|Page {1} of {1}|Reviewed|Approved|Verified
Unverified|Draft|Preliminary|FINAL|Preview|Reconstructed|Derived|Secondary|SCREEN SAVE|Screen Capture|Snapshot
Dose Report
Patient Protocol|Protocol|Scan list|Series list|Total exposure|No image|Image lost|Empty|Not calibrated|Uncalibrated
Uncorrected|For review only|Not for diagnosis|NOT FOR CLINICAL USE|RESEARCH ONLY|INVESTIGATIONAL|Demo|TEST|Test image
Sample
Speichern|Drucken|Löschen|Abbrechen|Zurück|Weiter|Beenden|Einstellungen|Befund|Bericht|Messung|Ansicht|Aufnahme|Auswahl
Enregistrer|Imprimer|Annuler|Retour|Suivant|Quitter|Réglages|Compte rendu|Mesures|Figé|Guardar|Imprimir|Cancelar|Volver
Siguiente|Salir|Ajustes|Informe|Medidas|Congelar|Salva|Stampa|Annulla|Indietro|Avanti|Esci|Impostazioni|Referto|Misure
Opslaan|Afdrukken|Annuleren|Terug|Volgende|Zapisz|Drukuj|Anuluj|Wstecz|Dalej|Lagre|Skriv ut|Avbryt|Spara|Kaydet|Yazdır
Caps|Num|F{1}|F{2}|Ctrl|HDD {n} GB|Free {n} GB|Battery {n}%|USB|DVD|Wi-Fi|LAN|Online|Offline|{n}%|---|-----|***|...|=>
<<|+|x""",
    "device": """
{L}{1}-{1}|{L}{2}-{1}|{L}{1}-{1}{L}|{1}{L}{1}|{2}{L}|{L}{L}{1}-{1}|{1}{L}-RS|{L}{1}-{1}-D|{L}{L}{L}{1}-{1}-D
{L}{2}-{1}v|TLC {1}-{2}
L{2}-{1}s|C{1}-{1}s|P{1}-{1}|PLT-{3}BT|PVT-{3}BT|PST-{2}AT|i{3}L{1}|Probe C{1}-{1}|Probe: L{2}|Probe {L}{1}
Transducer L{2}-{1}
LOGIQ {L}{1}|LOGIQ e|Vivid {L}{1}|Vivid S{2}|Voluson S{1}|Voluson P{1}|EPIQ {1}|Affiniti {2}|ACUSON {L}{n}
ACUSON Juniper
Aplio i{3}|Aplio a{3}|Xario g|DC-{2}|Resona {1}|MyLab {L}{1}|MyLab Twice|HS{2}|RS{2}A|WS{2}A|SonoSite {L}
GE Vivid {L}{2}
SOMATOM Force|SOMATOM go.Top|SOMATOM {v}|Sensation {2}|Emotion {2}|Revolution CT|Revolution EVO|Optima CT{3}|BrightSpeed
LightSpeed{2}|Brilliance {2}|iCT {3}|IQon|Ingenuity|Aquilion {2}|Aquilion PRIME|MAGNETOM Skyra|MAGNETOM Vida|Skyra {1}T
SIGNA {v}|SIGNA HDe {f}T|Optima MR{3}|Ingenia {f}T|Achieva {f}T|Titan {1}T|Artis Q|Artis zeego|Azurion {1}|Allura FD{2}
Innova {n}|Senographe {v}|Selenia Dimensions|MAMMOMAT {v}|DigitalDiagnost {v}|DRX-{1}|Definium {n}|FDR D-EVO|AeroDR
CR {2}|GE MEDICAL SYSTEMS|GE MEDICAL SYSTEMS|GE Medical Systems|SIEMENS MEDICAL SYSTEMS|PHILIPS MEDICAL SYSTEMS
TOSHIBA MEDICAL|HITACHI MEDICAL|ATL ULTRASOUND|ACUSON|Canon Medical Systems|FUJIFILM Medical|HEWLETT PACKARD|[hp]
Philips Healthcare|{L}{L}{L}{1}-{1}-RS|{L}{L}{L}{1}-RS/{v}|{1}{L}-RS/{v}|{L}{L}{L}{1}-{1}-D/{v}|{L}{1}-{1}/{v}
{L}{1}-{1} {v}|{L}{2}-{1}/{v}|GE|GEMS|GE Medical|SIEMENS|Siemens Healthineers|PHILIPS|Philips|TOSHIBA|Canon Medical
FUJIFILM|Mindray|SAMSUNG|Esaote|HOLOGIC|Carestream|AGFA|Konica Minolta|Shimadzu|Lunar Prodigy|Lunar iDXA
Hologic Discovery|QDR {n}|Planmeca|Sirona|Orthophos|CV-{3}|GIF-{L}{L}{3}|CF-{L}{L}{3}{L}|EG-{3}{L}{2}|OLYMPUS|FUJINON
PENTAX|CLV-{3}|VP-{4}|EC-{3}{L}{L}|TJF-{3}|BF-{L}{3}|Version {1}.{1}|Ver {1}.{1}.{1}|V{1}.{1}|v{1}.{2}|SW: {1}.{1}
R{1}.{1}|VB{2}A|VA{2}B|syngo {L}{L}{2}{L}|Build {n}|Rev. {1}""",
    "anatomy": """
{v}|LT {v}|RT {v}|{v} {v}|Left {v}|Right {v}|LIVER|LIVER RT LOBE|LT LOBE|RK|LK|R KIDNEY|L KIDNEY|RT KIDNEY SAG
LT KID TRV
GB NECK|CBD {f}|PANC HEAD|SPLEEN LONG|AORTA PROX|AO DIST|AO BIF|IVC|BLADDER|BLADDER PRE|UT|UTERUS SAG|RO|LO|RT OV
LT ADNEXA
CDS|THYROID RT|ISTHMUS|RT LOBE MID|LN {1}|LYMPH NODE|NODULE {1}|MASS {1}|CYST|CYST {1}|SHADOW|STENT|CLIP|BIOPSY|NEEDLE
TIP
RT BREAST {2}:00|LT BREAST {1}:30 {1}CM FN|{1}:00 FN {1}|{2}:00 {1} CM FN|LEFT {1} O'CLOCK|RT {2} O'CLOCK {1}CMFN
AXILLA LT
RETRO AREOLAR|CCA PROX|CCA DIST|RT ICA PROX|LT ICA MID|RT ECA|LT VERT|BULB|CFV|SFV PROX|POP V|PTV|GSV AK|SSV|W/ COMP
COMP
NO COMP|AUG|HEART|4CH|LVOT|3VV|RVOT|FACE|PROFILE|NOSE LIPS|SPINE|CORD|CORD INSERT|STOMACH|KIDNEYS|FEMUR|HUM|FEET|HANDS
FETUS A|FETUS B|PLACENTA ANT|CX|CERVIX|HEAD|CEREBELLUM|CISTERNA|LAT VENT|THALAMI|ABD CIRC|DIAPHRAGM|CHEST|LUNGS|T-SPINE
L-SPINE LAT|C SPINE|PELVIS AP|HIP LAT|KNEE AP|HAND PA|WRIST LAT|FOOT OBL|ANKLE MORTISE|SHOULDER Y|CLAVICLE|RIBS|SKULL AP
SINUSES|FACIAL|ORBITS|MANDIBLE|TMJ OPEN|OPG|Bitewing L|BW R|PA {2}|Tooth {2}|{2}|Zahn {2}|Maxilla|Mandibula|Molar {1}
Antrum|Corpus|Fundus|Cardia|Duodenum|D2|Papilla|Cecum|Ileocecal valve|Asc. colon|Transverse|Desc. colon|Sigmoid|Rectum
Z-line|EGJ {2} cm|Barrett C{1}M{1}|Polyp {n} mm|Ileum|Vocal cords|Carina|RUL|LLL|B{1}|Leber|Niere re.|Niere li.|Milz
Gallenblase
Harnblase|Schilddrüse|Pankreas|Herz|Thorax pa|Knie re.|Hand links|Becken|Wirbelsäule|Foie|Rein droit|Rate|Vessie
Vésicule
Thyroïde|Pancréas|Coeur|Genou G|Main D|Bassin|Rachis|Hígado|Riñón izq.|Bazo|Vejiga|Vesícula|Tiroides|Próstata|Corazón
Rodilla
Tórax|Mano|Fegato|Rene dx|Milza|Vescica|Colecisti|Tiroide|Cuore|Ginocchio|Fígado|Rim dir.|Baço|Bexiga|Lever|Nier L
Wątroba
Nerka|Sledziona|Kolano|Lever|Nyre|Karaciğer|Böbrek|Dalak|Diz|Lumbar spine L1-L4|L1|L2|L3|L4|L1-L4|Femoral neck
Total hip|Ward's
GI|GI|EGD|GI {v}|GI ENDOSCOPY|UPPER GI|GASTRIC ULCER|DUODENAL ULCER|ANTRAL EROSION|ESOPHAGEAL VARICES|{v} ULCER
{v} POLYP|ESOPHAGUS {2} CM|ESOPHAGUS AT {2}CM|{v} AT {2} CM- {v}|GASTRIC FUNDUS|DUODENAL BULB|COLON POLYP|PYLORUS
Trochanter|Forearm|Radius 33%|LAD|LCX|RCA|LM|LIMA|SVG|D1|OM{1}|PDA|Ao arch|LSA|Celiac|SMA|Renal a.""",
    "other": """
{v} {v} {v} {v}|{v} {v} {v} {v} {v}|The {v} of the {v} is {v}.|{v} {v} with {v} {v}|No {v} seen|No evidence of {v}
{v} is normal
{v} and {v} within normal limits|Normal {v}|mild {v}|moderate {v}|severe {v}|{v} {v}, {v}|Fracture risk: {v}
Reference: {v}
WHO classification: {v}|Osteopenia|Osteoporosis|Normal|Region|Area (cm²)|BMC (g)|BMD (g/cm²)|T-score|Z-score|Change (%)
Young-Adult|Age-Matched|Image not for diagnostic use|Trend: {v}|Scan mode: {v}|Analysis: {v}|k = {f}, d0 = {f}|TBS {f}
Phantom|QA|QC pass|{n} images|{n} series|Total mAs {n}|Type|Scan Range|Topogram {n} 120|Abdomen {n} {3} {f} {f}
CTDIvol mGy
Exposure {n}|# of images|Dose check|Contrast {n} ml|Flow {f} ml/s|Delay {n} s|Rest {n} s|Post void|Standing|Deep insp.
Breath hold|Exhale|Free breathing|t={n}s|+{n} min|{n} min p.i.|{n}h|0-{n} s|Compr. {n}:1|W/O|WITH|CONT|NC|I-|I+|KM|nativ
nach KM|ohne KM|avec injection|sans injection|con contraste|sin contraste|con mdc|s/ contraste|met contrast|med kontrast
(0018,{4})|(0028,0010)|Pixel size {f}|cal. factor {f}|No scale|scale 1:{1}|{n} pixels/cm|{f} px/mm|?|!|*|**|(c) {4}
ISO 9001
CE {4}|IEC 60601|IP{2}|100-240V|Class {1}|Type BF|Rx only|Ref. only""",
}
