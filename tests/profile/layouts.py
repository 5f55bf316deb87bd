"""Entries in many layouts and languages, with what a person reads in them.

Each layout is the text of one section; an entry is what it names and when, ""
where nothing is said.
"""

from typing import NamedTuple


class Job(NamedTuple):
    position: str
    name: str
    location: str
    dates: str  # as "2018-03/2020", "2018/" where it goes on


class Layout(NamedTuple):
    id: str
    source: str  # the suffix tells the format
    text: str
    jobs: list[Job]


JOBS = [
    Layout(
        "heading: role, company, city; dates below",
        "a.md",
        """# Ada Moreau\n\n## Experience

### Site Foreman, Birch & Harrow Ltd, Leeds
*March 2018 – present*

- Ran two sites.

### Bricklayer, Tarn Valley Homes, Hull
*2014 – 2018*

- Walls.
""",
        [
            Job("Site Foreman", "Birch & Harrow Ltd", "Leeds", "2018-03/"),
            Job("Bricklayer", "Tarn Valley Homes", "Hull", "2014/2018"),
        ],
    ),
    Layout(
        "heading: company — role; place and dates below",
        "a.md",
        """# Ada Moreau\n\n## Employment

### Quillfeather — Copy Editor
*Bristol | 02/2019 – 05/2021*

- Edited.

### Marram Press — Proofreader
*Norwich | 2016 – 2019*
""",
        [
            Job("Copy Editor", "Quillfeather", "Bristol", "2019-02/2021-05"),
            Job("Proofreader", "Marram Press", "Norwich", "2016/2019"),
        ],
    ),
    Layout(
        "heading: role @ company, dates in brackets",
        "a.md",
        """# Ada Moreau\n\n## Work

### Backend Developer @ Kestrelworks (2020 – now)

- APIs.

### Junior Developer @ Nimbus Forge (2018 – 2020)

- Bugs.
""",
        [
            Job("Backend Developer", "Kestrelworks", "", "2020/"),
            Job("Junior Developer", "Nimbus Forge", "", "2018/2020"),
        ],
    ),
    Layout(
        "one line with bars, company first",
        "a.md",
        """# Ada Moreau\n\n## Professional Experience

**Ostrava Rail** | Signal Engineer | Derby | Jan 2019 – Dec 2022

- Signals.

**Pendle Transit** | Trainee Engineer | Crewe | 2017 – 2018
""",
        [
            Job("Signal Engineer", "Ostrava Rail", "Derby", "2019-01/2022-12"),
            Job("Trainee Engineer", "Pendle Transit", "Crewe", "2017/2018"),
        ],
    ),
    Layout(
        "role at company",
        "a.md",
        """# Ada Moreau\n\n## Career

- 2019 – 2021: Data Analyst at Wrenfield
- 2016 – 2019: Research Assistant at University of Stourbridge
""",
        [
            Job("Data Analyst", "Wrenfield", "", "2019/2021"),
            Job("Research Assistant", "University of Stourbridge", "", "2016/2019"),
        ],
    ),
    Layout(
        "employer only",
        "a.md",
        """# Ada Moreau\n\n## Career

* 2015 - 2019, Talbrook
* 2011 - 2015, Mirefield Systems
""",
        [Job("", "Talbrook", "", "2015/2019"), Job("", "Mirefield Systems", "", "2011/2015")],
    ),
    Layout(
        "a table",
        "a.md",
        """# Ada Moreau\n\n## Work history

| Period | Employer | Position | Place |
|---|---|---|---|
| 2018 – 2022 | Larkspur Bakery | Head Baker | Truro |
| 2015 – 2018 | Copperpot | Baker | Bodmin |
""",
        [
            Job("Head Baker", "Larkspur Bakery", "Truro", "2018/2022"),
            Job("Baker", "Copperpot", "Bodmin", "2015/2018"),
        ],
    ),
    Layout(
        "a table without useful heads",
        "a.md",
        """# Ada Moreau\n\n## Work history

| | | |
|---|---|---|
| 2018 – 2022 | Head Baker | Larkspur Bakery, Truro |
| 2015 – 2018 | Baker | Copperpot Ltd, Bodmin |
""",
        [
            Job("Head Baker", "Larkspur Bakery", "Truro", "2018/2022"),
            Job("Baker", "Copperpot Ltd", "Bodmin", "2015/2018"),
        ],
    ),
    Layout(
        "the company above its roles",
        "a.md",
        """# Ada Moreau\n\n## Experience

### Thistledown Insurance

#### Claims Manager
*2019 – 2022*

- Managed.

#### Claims Clerk
*2016 – 2019*

- Clerked.

### Oakum Assurance

#### Intern
*2015*
""",
        [
            Job("Claims Manager", "Thistledown Insurance", "", "2019/2022"),
            Job("Claims Clerk", "Thistledown Insurance", "", "2016/2019"),
            Job("Intern", "Oakum Assurance", "", "2015/2015"),
        ],
    ),
    Layout(
        "labelled lines",
        "a.md",
        """# Ada Moreau\n\n## Experience

### Sandpiper Marine
Position: Deckhand
Dates: 2012 – 2014
Location: Oban

- Ropes.

### Guillemot Cruises
Position: Steward
Dates: 2010 – 2012
Location: Mallaig
""",
        [
            Job("Deckhand", "Sandpiper Marine", "Oban", "2012/2014"),
            Job("Steward", "Guillemot Cruises", "Mallaig", "2010/2012"),
        ],
    ),
    Layout(
        "plain text: company, role below, dates below",
        "a.txt",
        """ADA MOREAU

EXPERIENCE

Hollin Veterinary Clinic
Veterinary Nurse
June 2017 - August 2021
- Looked after cats.

Pet Ark
Shop Assistant
2015 - 2017
- Sold seeds.

SKILLS
Patience
""",
        [
            Job("Veterinary Nurse", "Hollin Veterinary Clinic", "", "2017-06/2021-08"),
            Job("Shop Assistant", "Pet Ark", "", "2015/2017"),
        ],
    ),
    Layout(
        "plain text: dates at the right margin, place below",
        "a.txt",
        """Ada Moreau

WORK EXPERIENCE

Millbrook Dairy                                        2018 - Present
Quality Inspector, Shrewsbury
  * Tested milk.

Foxglove Foods                                         2014 - 2018
Laboratory Technician, Telford
  * Tested jam.

EDUCATION
BSc Food Science, University of Ludlow                 2010 - 2014
""",
        [
            Job("Quality Inspector", "Millbrook Dairy", "Shrewsbury", "2018/"),
            Job("Laboratory Technician", "Foxglove Foods", "Telford", "2014/2018"),
        ],
    ),
    Layout(
        "German: dates first, role bei company",
        "a.txt",
        """Ada Moreau

Berufserfahrung

seit 04/2019    Projektleiterin bei Brückner Anlagenbau GmbH, Kassel
                - Leitung von acht Personen
09/2014 - 03/2019    Bauzeichnerin bei Ingenieurbüro Thaler, Fulda
                - Pläne

Ausbildung

2011 - 2014    Ausbildung zur Bauzeichnerin, Berufsschule Fulda
""",
        [
            Job("Projektleiterin", "Brückner Anlagenbau GmbH", "Kassel", "2019-04/"),
            Job("Bauzeichnerin", "Ingenieurbüro Thaler", "Fulda", "2014-09/2019-03"),
        ],
    ),
    Layout(
        "German: company, place, role",
        "a.md",
        """# Ada Moreau\n\n## Berufserfahrung

**Weidenhof Klinik, Göttingen** — Pflegefachkraft
*Oktober 2016 – heute*

- Station 3.

**Haus Lindenau, Kassel** — Pflegehelferin
*2013 – 2016*
""",
        [
            Job("Pflegefachkraft", "Weidenhof Klinik", "Göttingen", "2016-10/"),
            Job("Pflegehelferin", "Haus Lindenau", "Kassel", "2013/2016"),
        ],
    ),
    Layout(
        "French: role chez company",
        "a.md",
        """# Ada Moreau\n\n## Expérience professionnelle

### Chef de rang chez Maison Tournebise
*Lyon, mars 2018 – aujourd'hui*

- Salle de 60 couverts.

### Serveuse chez Brasserie du Canal
*Dijon, 2015 – 2018*
""",
        [
            Job("Chef de rang", "Maison Tournebise", "Lyon", "2018-03/"),
            Job("Serveuse", "Brasserie du Canal", "Dijon", "2015/2018"),
        ],
    ),
    Layout(
        "Spanish: company | role, dates with words",
        "a.txt",
        """Ada Moreau

EXPERIENCIA LABORAL

Talleres Ibarrola, S.L. | Jefe de taller | Vitoria | abril de 2016 - actualidad
- Coordinación.

Autos Belmonte | Mecánico | Logroño | 2012 - 2016
- Frenos.
""",
        [
            Job("Jefe de taller", "Talleres Ibarrola, S.L.", "Vitoria", "2016-04/"),
            Job("Mecánico", "Autos Belmonte", "Logroño", "2012/2016"),
        ],
    ),
    Layout(
        "Chinese: dates, company, role",
        "a.md",
        """# 林若溪\n\n## 工作经历

### 2019.03 – 至今 | 星澜软件有限公司 | 前端工程师

- 开发。

### 2016年7月 – 2019年2月 | 蓝鹊网络 | 测试工程师

- 测试。
""",
        [
            Job("前端工程师", "星澜软件有限公司", "", "2019-03/"),
            Job("测试工程师", "蓝鹊网络", "", "2016-07/2019-02"),
        ],
    ),
    Layout(
        "kind of work beside the dates",
        "a.md",
        """# Ada Moreau\n\n## Experience

### Graphic Designer
Bramble Studio · Part-time
*Jan 2020 – Mar 2021 · Cardiff*

- Posters.

### Graphic Designer
Self-employed
*2018 – 2020*
""",
        [
            Job("Graphic Designer", "Bramble Studio", "Cardiff", "2020-01/2021-03"),
            Job("Graphic Designer", "", "", "2018/2020"),
        ],
    ),
    Layout(
        "remote, country and state",
        "a.md",
        """# Ada Moreau\n\n## Experience

### Staff Engineer, Cinderpath (Remote)
2021 – Present

### Software Engineer, Palisade Labs, Austin, TX, USA
2018 – 2021
""",
        [
            Job("Staff Engineer", "Cinderpath", "Remote", "2021/"),
            Job("Software Engineer", "Palisade Labs", "Austin, TX, USA", "2018/2021"),
        ],
    ),
    Layout(
        "names of companies with commas and forms",
        "a.md",
        """# Ada Moreau\n\n## Experience

### Paralegal, Stone, Hartwell & Pike LLP, Chester
2016 – 2019

### Legal Secretary, Norbury, Inc., Boston, MA
2014 – 2016
""",
        [
            Job("Paralegal", "Stone, Hartwell & Pike LLP", "Chester", "2016/2019"),
            Job("Legal Secretary", "Norbury, Inc.", "Boston, MA", "2014/2016"),
        ],
    ),
    Layout(
        "as a network's export has it: company, role, dates with a duration, place",
        "a.txt",
        """Ada Moreau

Experience

Veltri Robotics
Senior Engineer
January 2018 - Present (4 years 2 months)
Zurich, Switzerland

Built grippers.

Hexham Tools
Engineer
March 2015 - December 2017 (2 years 10 months)
Newcastle

Education

University of Alnwick
Master of Engineering, Mechatronics (2010 - 2015)
""",
        [
            Job("Senior Engineer", "Veltri Robotics", "Zurich, Switzerland", "2018-01/"),
            Job("Engineer", "Hexham Tools", "Newcastle", "2015-03/2017-12"),
        ],
    ),
    Layout(
        "plain text: company, dates and role below, nothing between the entries",
        "a.txt",
        """Ada Moreau

WORK EXPERIENCE

Hollin Clinic Ltd
2017 - 2021 Veterinary Nurse
Pet Ark Ltd
2015 - 2017 Shop Assistant
""",
        [
            Job("Veterinary Nurse", "Hollin Clinic Ltd", "", "2017/2021"),
            Job("Shop Assistant", "Pet Ark Ltd", "", "2015/2017"),
        ],
    ),
    Layout(
        "Chinese, plain text: dates at the right margin with more behind them",
        "a.txt",
        """林若溪

工作经历

前端工程师 | 星澜软件有限公司    2019.03 – 至今，上海
- 开发。

实习生 | 蓝鹊网络    2018年暑假，南京

教育背景
""",
        [
            Job("前端工程师", "星澜软件有限公司", "上海", "2019-03/"),
            Job("实习生", "蓝鹊网络", "南京", "2018/2018"),
        ],
    ),
    Layout(
        "bold role, italic company, city and dates in one line",
        "a.md",
        """# Ada Moreau\n\n## Experience

**Store Manager**, *Pomona Market*, Kendal, 2019 – 2022

- Opened early.

**Cashier**, *Tollgate Stores*, Penrith, 2016 – 2019
""",
        [
            Job("Store Manager", "Pomona Market", "Kendal", "2019/2022"),
            Job("Cashier", "Tollgate Stores", "Penrith", "2016/2019"),
        ],
    ),
    Layout(
        "a linked company and the dates in the heading",
        "a.md",
        """# Ada Moreau\n\n## Experience

### [Skylark Analytics](https://skylark.example) - Data Engineer (June 2018 - May 2020)

Pipelines.

### [Ravenglass](https://ravenglass.example) - Data Intern (Summer 2017)
""",
        [
            Job("Data Engineer", "Skylark Analytics", "", "2018-06/2020-05"),
            Job("Data Intern", "Ravenglass", "", "2017-06/2017-08"),
        ],
    ),
    Layout(
        "role in the heading; bold company, city and dates below",
        "a.md",
        """# Ada Moreau\n\n## Experience

### Product Owner
**Lanternfish** | Utrecht | 2020 – 2023

- Backlog.

### Business Analyst
**Kolibri Finance** | Delft | 2017 – 2020
""",
        [
            Job("Product Owner", "Lanternfish", "Utrecht", "2020/2023"),
            Job("Business Analyst", "Kolibri Finance", "Delft", "2017/2020"),
        ],
    ),
    Layout(
        "a break among the jobs",
        "a.md",
        """# Ada Moreau\n\n## Work

- Gardener, Rill Manor, 2021 – 2023
- Sabbatical, 2020
- Florist, Petal & Stem, 2016 – 2019
""",
        [
            Job("Gardener", "Rill Manor", "", "2021/2023"),
            Job("Florist", "Petal & Stem", "", "2016/2019"),
        ],
    ),
    Layout(
        "a section whose title says nothing",
        "a.md",
        """# Ada Moreau\n\n## The road so far

### Tram Driver, Northgate Transit
*2018 – 2022*

### Bus Driver, Pennant Coaches
*2014 – 2018*
""",
        [
            Job("Tram Driver", "Northgate Transit", "", "2018/2022"),
            Job("Bus Driver", "Pennant Coaches", "", "2014/2018"),
        ],
    ),
    Layout(
        "French, plain text: dates first, company in the next line",
        "a.txt",
        """Ada Moreau

EXPÉRIENCES

2018 - 2022 : Infirmière
Clinique des Tilleuls, Angers
- Soins.

2015 - 2018 : Aide-soignante
Résidence Beauséjour, Le Mans
- Toilettes.
""",
        [
            Job("Infirmière", "Clinique des Tilleuls", "Angers", "2018/2022"),
            Job("Aide-soignante", "Résidence Beauséjour", "Le Mans", "2015/2018"),
        ],
    ),
]


class Study(NamedTuple):
    study_type: str
    area: str
    institution: str
    dates: str


class Studies(NamedTuple):
    id: str
    source: str
    text: str
    studies: list[Study]


_GERMAN_STUDIES = [
    Study("Bachelor of Arts", "Germanistik", "Universität Weserstadt", "2012-10/2015-09"),
    Study("Ausbildung zur Buchhändlerin", "", "Buchhandlung Kranich", "2009/2012"),
    Study("Abitur", "", "Gymnasium Sonnberg", "2009/2009"),
]

STUDIES = [
    Studies(
        "degree in subject, school below",
        "a.md",
        """# Ada Moreau\n\n## Education

### Bachelor of Science in Marine Biology
*University of Tarbert, 2011 – 2014*

### Master's degree in Oceanography
*Institute of Coastal Studies, 2014 – 2016*
""",
        [
            Study("Bachelor of Science", "Marine Biology", "University of Tarbert", "2011/2014"),
            Study("Master's degree", "Oceanography", "Institute of Coastal Studies", "2014/2016"),
        ],
    ),
    Studies(
        "school first, in a list without dates",
        "a.md",
        """# Ada Moreau\n\n## Education

* University of Penrith: BA History
* Carlisle College, Diploma in Archiving
""",
        [
            Study("BA", "History", "University of Penrith", ""),
            Study("Diploma", "Archiving", "Carlisle College", ""),
        ],
    ),
    Studies(
        "German",
        "a.txt",
        """Ada Moreau

AUSBILDUNG

10/2012 - 09/2015   Bachelor of Arts Germanistik, Universität Weserstadt
2009 - 2012         Ausbildung zur Buchhändlerin, Buchhandlung Kranich
2009                Abitur, Gymnasium Sonnberg
""",
        _GERMAN_STUDIES,
    ),
    Studies(
        "German: the school alone on the line below, nothing between the entries",
        "a.txt",
        """Ada Moreau

AUSBILDUNG

10/2012 - 09/2015   Bachelor of Arts Germanistik
Universität Weserstadt
2009 - 2012         Ausbildung zur Buchhändlerin
Buchhandlung Kranich
2009                Abitur
Gymnasium Sonnberg
""",
        _GERMAN_STUDIES,
    ),
    Studies(
        "French",
        "a.md",
        """# Ada Moreau\n\n## Formation

- 2018 : Master en droit public, Université de Valmont
- 2016 : Licence de droit, Université de Valmont
""",
        [
            Study("Master", "droit public", "Université de Valmont", "2018/2018"),
            Study("Licence", "droit", "Université de Valmont", "2016/2016"),
        ],
    ),
    Studies(
        "Spanish",
        "a.md",
        """# Ada Moreau\n\n## Formación

**Grado en Enfermería**, Universidad de Peñablanca, 2010 – 2014

**Máster en Cuidados Paliativos**, Instituto Sanitario del Duero, 2015
""",
        [
            Study("Grado", "Enfermería", "Universidad de Peñablanca", "2010/2014"),
            Study("Máster", "Cuidados Paliativos", "Instituto Sanitario del Duero", "2015/2015"),
        ],
    ),
    Studies(
        "Chinese",
        "a.md",
        """# 林若溪\n\n## 教育经历

- 2012.09 – 2016.06　青屿大学　计算机科学　本科
- 2016.09 – 2019.06　白塔大学　软件工程　硕士
""",
        [
            Study("本科", "计算机科学", "青屿大学", "2012-09/2016-06"),
            Study("硕士", "软件工程", "白塔大学", "2016-09/2019-06"),
        ],
    ),
    Studies(
        "network's export",
        "a.txt",
        """Ada Moreau

Experience

Veltri Robotics
Senior Engineer
January 2018 - Present (4 years 2 months)

Education

University of Alnwick
Master of Engineering, Mechatronics (2010 - 2015)

Hexham High School
A levels, Maths and Physics (2008 - 2010)
""",
        [
            Study("Master of Engineering", "Mechatronics", "University of Alnwick", "2010/2015"),
            Study("A levels", "Maths and Physics", "Hexham High School", "2008/2010"),
        ],
    ),
]
