"""Still more lines that are kept: of rarer consoles, compounds, and whole sentences, which warn, explain and instruct.

Placeholders and fillers are those of `console_text`.
"""

KEPT_COMPOUNDS: dict[str, str] = {
    "laterality": """
R>L|L>R|R<>L|L+R|R+L|LT/RT|RT/LT|LI/RE|RE-LI|Left/Right|RIGHT-LEFT|Li.|Re.|R.|L.|(L)|(R)|[L]|[R]|<-L|R->""",
    "position": """
PA/LAT|LAT/AP|PA+LAT|AP-LAT|AP & LAT|A-P|P-A|A/P|H/F|F-H|S/I|I/S|A|P|R-ML|L-ML|L-LM|R-XCCL|L-XCC|L-SIO|R-FB|LT-MLO
RT-CC|LT CC|CC-R|MLO-L|RMLO/LMLO|RCC-LCC|RCC+RMLO|LCC/LMLO|LAO-CRAN|RAO-CAUD|LAO{2}/CRAN{2}|RAO{2}-CAUD{1}|LPO/RPO
AP-{1}|LAT-{1}|PA_{1}|AP.|PA.|Obl.|OBL/LAT|AP/OBL|FLEX/EXT|Flex.|Ext.|Ax.|AX/SAG|COR+SAG|SAG-COR|TRA/COR|Tra>Cor
Sag>Tra {f}|T>C{f}|C>T{f}>S{f}|HFS-{v}|FFS/{v}|Sup.|Pro.|Erect/{v}|AP-{v}|PA-{v}|LAT {v}-{v}|{v}-AP|{v}/LAT""",
    "anatomy": """
{v}-{v}|{v}-{v}|{v}/{v}|{v}-{v} {v}|{v} {v}-{v}|LT {v}-{v}|{v} / {v} RT|{v}_{v}|{v} ({v}-{v})|{v}+{v}|{v}-{v} {n} mm""",
    "technique": """
{v}-{v}|{v}_{v}|{v}_{v}_{n}|{v}/{v} {n}|{v}-{v}: {n}|{v}-{v}={f}|{v} {v}-{v} {n}|{v}.{v} {f}|{v}+{v}""",
    "interface": """
{v}-{v}|{v}/{v}|{v}_{v}|{v}+{v}|{v}-{v}:|{v}-{v} {n}|{v} & {v}|{v} > {v}|{v} > {v} > {v}|{v} | {v}|{v}; {v}|{v}.{v}""",
    "other": """
{v}-{v} {v}|{v}, {v}, {v}|{v} and {v}|{v} or {v}|{v}/{v}/{v}|{v} (0{3},{4})|(0{3},{4}) {v} {v}|(0{3},{4}) = {n}
{v} (0{3},{4}) = {f}|(0{3},{4}), (0{3},{4}) or (0{3},{4})|(see (0{3},{4}))|{v} {v} (0{3},{4}) not {v} {v} (0{3},{4})""",
}

# Of radiotherapy, nuclear medicine, eyes, hearts, bones, teeth, scopes, perfusion, spectra: abbreviations with their
# values and units, numbers joined in all ways, values without a label, and the phrases of the Standard.
KEPT_RARER: dict[str, str] = {
    "measurement": """
{L}{L} {m}|{L}{L}{L} {m}|{L}{L}{L} {f}|{L}{L}{L}{L} {f}|{L}{L}{L} {m}%|{L}{L} {f} mm|{L}{L}{L}: {f} mm|{L}{L}{L} = {f}
{L}/{L} {f}|{L}/{L} = {f}|{L}/{L} Ratio {f}|{L}/{L} Ratio|{v} {L}/{L} {f}|{v} {L}/{L} Ratio|{L}-{L}-{L} {m} {m} {m}
{L}{L}/{L}{L}{L} {m}/{m} ms|{v} ({v})|{v} (%)|{v} (mm)|{v} (s)|{v} (ml/s)|{v} (cm²)|{v} (g/cm²)|{v} [ms]|{v} [{v}]
{L}{L}{L} (s)|{L}{L}{L} (%)|{L}{L}{L} (ml)|{L}{L}{L} ml/100g|{L}{L}{L} < {m}%|{v} > {f} s
{p} {f} mm|{p} {f} cm|{p}: {f} cm²|{p} {m}|{p}: {m}|{p} = {f}|{p} {m} %|{p} {m} ms|{p} {f} ml|{p} {f} cm/s
{p} ({v})|{p} ({m})|{p} (%)|{p} (mm)|{p} {f} ± {f}|{p} {m}/{m}|{p} {s}{f}|{v} {p} {f}|{p} {v} {f} mm
{v} to {v}|{v} to {v} {m} ms|{v} of {v} {f}|{v} at {m} mm|{v} +/- {f}|{f} ± {f}|{m} ± {m}|{m} +/- {m}|{f} [{f} - {f}]
{m}/{m}|{m} / {m}|{v} {m}/{m}|{v} {m} / {m}|{m} of {m} {v}|{v} {m} of {m}|Bed {1}/{1}|Bed {1} of {1}|Trial {1}/{1}
T1/2 {f} min|T 1/2: {f}|Tmax {f} min|{v} {m}h|{m} h {v}|{m}h {v}|{m} min p.i.|{m}' p.i.|R {m}% L {m}%|L {m} % R {m} %
{v} L {m}% R {m}%|K1 {f} D|K2 {f} D @ {m}°|K1: {f} ({m}°)|{f} D @ {m}°|{s}{f} DS {s}{f} DC x {m}|MD {s}{f} dB|PSD {f} dB
{L}{L}{L}: {m}%|{m} dB|({m})|<{m}|{m}-{1} {v}|{v} {m}-{1}|{v} {m}-{1} {v}|{v} III, {v}|{m} {v}|{m} µm
{m} {m} {m}|{m} {m} {m} {m}|{f}  {f}  {f}  {f}|{v} {m} {m} {m}|{m}-year {v} {v}|{m}-yr {v}: {f}%|X: {f} Y: {f}
X {s}{f} Y {s}{f} Z {s}{f}|x={m} y={m}|({m}, {m})|({f}; {f})|{m} px|{v} {m} px|z = {s}{f}|Min/Max: {s}{m}/{m}
Min {m} Max {m}|{m} pg|{f} ppm|ppm|{L}{L}{L}/{L}{L} {f}|{v}/{v} {f}|{v}: {m} {v}|{v} {f} ({v})|{v} {1}+""",
    "technique": """
{p} {m}|{p}: {m}|{p}: {f}|{p} {f} s|{p} {f} mm|{p} {v}|{p}: {v}|{p} {m} Hz|{p} {m}x{m}|{p} {1}|{p} on|{p} off
{m} x {m}|{m}x{m}|{f} x {f} mm|{f}x{m}|{m}x{m}x{m}|{f} x {f} x {f}|{v} {m}x{m}|{v} {m} x {m}|{v} {f}x{m}|{v} {m}x{m}x{m}
{m} ml @ {f} ml/s|{v} {m} ml @ {1} ml/s|{m} cc/s|{m} mg/ml|{m} psi|{v} {m} psi|{v} timer 0{1}:{2}
Timer {1}:{2}|{1}:{2} s
T+{1}:{2}|{1}:{2}.{1} {v}|{L}{L}{1}/{L}{1}|{L}{1}/{L}{1}|{L}{1}/{L}{1}/{L}{1}|{L}{1} {L}{1} {L}{1}|{L}{2}/{v} {v}{1}
{v} {L}{1}|kV-{v}|MV {v}|{m}X|{2}X FFF|{1}e|{m} MeV|{m} MU
{v} {1}: {m} MU|Gantry {m} {v} {m}|G{m} C{m} T{m}|{v} {m}.{1}°|SSD {m}.{1}|{m} cGy|{m} x {f} Gy|{f} Gy|{m} MBq {v}
{f} mCi {v}|{v}-{m} {v}|{L}{L}-{m}{L} {v}|{m} keV ± {m}%|{m} s/view|{m} {v} / {m} {v}|{m} it {m} ss|{v} {m} Hz {m} Hz
{f}-{m} Hz|{m} mm/s {m} mm/mV|{m} mm/s|{m} mm/mV|{m} fps {v}|{m} f/s {v}|{m} frames|{v} {m}F|{m} Fr {v}|{f} F|Ch {1}
Run {1} {v}|{v} {1} {v}|{v} A|{v} {L}|{v} {L}{1}|{1}{L} {v}|{2} kV {1} mA {m} s|{m} mGycm²|{f} mGy·cm²|{f} mGy*cm""",
    "interface": """
{p}:|{p} :|{p} {1}|{p} {m}|{p} ...|[{p}]|{p} - {p}|{p} / {p}|{p} ({p})|{p}: {v}|{v} {p}|{p}, {p}|{p} {v}
{v} {1}|{v} {2}|{v} #{1}|{v} No. {1}|{v} {1} ({v})|{v} {1} ({1}D)|{1}. {v}|{1}) {v}|{1} - {v}|{v} in|{v} on|{v} off
{v} out|{v} up|{v} & {v}|{v} {v} (%)|{v} {v} {1}|{v}-{v} {v}|{v} {v}-{v}|{v} by {v}|not {v}|no {v}|no {v} {v}|un{v}
{v} with {v}|{v} for {v}|to {v}|is {v}|{v} to {v}|all {v}|new {v}|{v}?|{v} {v}?|{v}!|({v})|({v} {v})|{v}^{v}|{v}_{v}""",
    "anatomy": """
{p} {v}|{v} {p}|LT {p}|RT {p}|Left {p}|Right {p}|{p} L|{p} R|{p} {1}|{p} {f} mm|{p}, {p}|{p} - {v}
{v} {v} {v}|{v}, {v}|{v} of {v}|{v} of the {v}|{v} at {m} cm|{v} ({v})|{v} {1}|{v} I|{v} II|{v} III|{v} {1}-{1}|{v} A
{v} B|{L}{L}{1}|{L}{1}-{L}{1}|{L}{1}/{1}|{v} segm. {1}|Segment {1}|{1}/{1} {v}""",
}

# Sentences are what a screen says to whom sits before it; they name nobody.
KEPT_SENTENCES: dict[str, str] = {
    "other": """
The {v} is set to {n} {v}.|This {v} was made with a {v} of {f} mm|All {v} are given in mm|{v} should be {f} mm
- {n} mm, the {v} is shown with {v}|- {n} {v}, no {v} {v} is known for this {v}
If it is {n}, the wrong {v} is being used
Displayed at {n} % of the {v}|Please check the {v} before {v}.|Do not use for {v}|Do not use this {v} with {v}.
See the {v} manual for {v}|For {v} only, not to be used in {v}|Values above {n} {v} are not shown
Values are mean and {v}
{v} is not available for this {v}|No {v} was found in this {v}|The {v} could not be {v}|{v} was stopped by the user
Waiting for {v} ...|Press {v} to go on|Press any key to {v}|Select a {v} and press {v}|Move the {v} to the {v}
Touch the {v} to change {v}|Put the {v} over the {v}|Use {v} instead of {v}|using {v}, not {v} {v}, as described
(using {v} {v} and {v} {v})|(i.e., {v} {v} instead of {v} or {v})|e.g. {v} of the {v}|per {v} and {v}|as per {v} {n}
*** {v} {v} should be {v} ***|*** the {v} has been {v} ***|** {v} **|!! {v} {v} !!|WARNING: {v} is {v}|Caution: {v} {v}
Note: {v} may be {v}|Attention : {v}|Error {n}: {v} not {v}|{v} error {n}|{v} failed, {v} again|{n} of {n} {v} were {v}
{v} with {v} of {n} mm is being used|Measured {v} of the {v}: {f} mm|Measured at the {v}|It is {v} as {v} with {v} {n}
Image was {v} by {v} of {n}|Image may have been {v}|Images are for {v} of {v}|This image is not {v}|Test of {v}
{v} used for the {v} of {v} and {v}|{v}: "{v} {v}"|{v} = "{v}"|"{v}"|{v} {v} = {f} x {f}|{v} accounts for {f}x {v}
There are no {v}|There is a {v} in the {v}|There was no {v}|Both {v} are {v}|Same {v} as before|Unchanged {v} since {v}
Small {v} near the {v}|Large {v} with {v}|{v} seen in the left {v}|{v} seen on {n} of {n} {v}|Possible {v} of the {v}
Cannot exclude {v}|Suggest {v} in {n} months|Repeat in {n} weeks|{v} not well seen|Limited by {v}|Poor {v} due to {v}
Patient was {v}, {v} was {v}|Patient could not {v}|Patient in {v}|The patient has {v} on the {v}|Informed consent: yes
Results are valid for {v} only|Change of {v} in % against {v}|Compared with a group of the same age and sex
The {v} shows the {v} as a {v} of {v}|Scores below -{f} mean {v}|Low: below {f}, high: above {f}|Copyright {4} {v}
Der {v} ist {n} mm|Die {v} wurde {v}|Bitte {v} und {v}|Nur für {v}, nicht für {v}|Kein {v} im {v}|Keine {v} gefunden
{v} ist nicht {v}|{v} wird {v} ...|Achtung: {v}|Siehe {v}|Alle {v} in mm|Le {v} est de {n} mm|La {v} n'est pas {v}
Pas de {v} dans le {v}|Veuillez {v} la {v}|Ne pas utiliser pour {v}|Attention à la {v}|Voir {v}|Toutes les {v} en mm
El {v} es de {n} mm|No hay {v} en el {v}|No usar para {v}|Pulse {v} para {v}|La {v} no es {v}|Il {v} non è {v}
Nessun {v} nel {v}|Premere {v} per {v}|Não usar para {v}|O {v} é de {n} mm|Niet gebruiken voor {v}|De {v} is {n} mm""",
}
