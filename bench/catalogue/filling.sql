-- Public cases by the number, as uneven as in life: texts of real words and made-up ones, money, things, verifiers.
-- :cases: how many. Everything follows from the running number, so that it is the same every time.
INSERT INTO portal_cases_case (id, number, person, state, "group", subgroup, attributes, household_type, age_band,
    region_kato, district_kato, urgency, category, verified_by, visited_on, title_kk, title_ru, title_en,
    story_kk, story_ru, story_en, created_at, published_at)
SELECT ('0be00000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '25-' || (1000000 + n),
    ('0be00000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid,
    CASE WHEN a < 70 THEN 'published' WHEN a < 78 THEN 'funded' WHEN a < 83 THEN 'delivering' ELSE 'completed' END,
    groups[1 + g], CASE WHEN b < 80 THEN coalesce(subgroups[1 + (g * 5 + b) % 15], '') ELSE '' END,
    CASE WHEN c < 40 THEN '["children"]'::jsonb WHEN c < 50 THEN '["children", "debts"]'::jsonb
        WHEN c < 60 THEN '["disability"]'::jsonb WHEN c < 62 THEN '["emergency"]'::jsonb ELSE '[]'::jsonb END,
    'other', '18-59', regions[1 + r] || '0000000', regions[1 + r] || lpad((((h >> 3) % 12 + 1) * 100)::text, 5, '0') || '00',
    CASE WHEN d < 3 THEN 'emergency' WHEN d < 25 THEN 'high' ELSE 'normal' END, 1 + (d % 6),
    'Фонд № ' || (h >> 4) % 60, date '2026-11-01' - (h >> 6) % 300,
    kk[1 + k1] || '. ' || kk_thing[1 + t] || ' қажет', ru[1 + k1] || '. Нужны ' || ru_thing[1 + t],
    'A family needs help',
    kk[1 + k2] || ', ' || kk[1 + k3] || ' ' || made1, ru[1 + k2] || ', ' || ru[1 + k3] || ' ' || made2, 'Story',
    published - interval '2 days', published
FROM (
    SELECT n, h, h % 100 AS a, (h >> 7) % 100 AS b, (h >> 9) % 100 AS c, (h >> 11) % 100 AS d,
        least((h >> 13) % 10, 6) AS g, (h >> 15) % 20 AS r, (h >> 17) % 20 AS k1, (h >> 19) % 20 AS k2,
        (h >> 21) % 20 AS k3, (h >> 23) % 14 AS t,
        timestamptz '2026-11-20 06:00+05' - ((h >> 8) % 400) * interval '1 day' - (n % 86400) * interval '1 second'
            AS published,
        syllables[1 + (h >> 5) % 16] || syllables[1 + (h >> 10) % 16] || syllables[1 + (h >> 15) % 16] AS made1,
        syllables[1 + (h >> 6) % 16] || syllables[1 + (h >> 12) % 16] || syllables[1 + (h >> 18) % 16] AS made2
    FROM (SELECT n, ('x' || substr(md5(n::text), 1, 7))::bit(28)::int AS h FROM generate_series(1, :cases) n) numbers,
        (VALUES (ARRAY['ка', 'ра', 'то', 'мин', 'бай', 'сер', 'жан', 'дал', 'кун', 'тас', 'мол', 'ерк', 'шын', 'нур',
            'гул', 'арт'])) made (syllables)
) drawn, (VALUES (
    ARRAY['children_youth', 'people_disability', 'older_people', 'poor_homeless', 'emergency_violence_victims',
        'severe_illness', 'ex_prisoners_addictions'],
    ARRAY['children_low_income', 'children_disability', 'orphans_no_parental_care', 'young_pregnant_mothers',
        'disability_any_group', 'rare_diseases', 'mental_disorders', 'lone_pensioners', 'older_in_care_homes',
        'grandparents_raising', 'families_below_poverty', 'homeless', 'refugees_displaced', 'natural_disaster_victims',
        'domestic_violence_victims'],
    ARRAY['10', '11', '15', '19', '23', '27', '31', '33', '35', '39', '43', '47', '55', '59', '61', '62', '63', '71',
        '75', '79'],
    ARRAY['Ана екі баланы жалғыз өсіреді', 'Зейнеткер жалғыз тұрады', 'Отбасы пәтер жалдайды', 'Бес бала мектепке барады',
        'Үй өрттен зардап шекті', 'Әже үш немересін бағып отыр', 'Әке жұмысынан айырылды', 'Баланың мүгедектігі бар',
        'Отбасының қарызы көп', 'Су тасқынынан кейін үйсіз қалды', 'Ауыр науқасқа ем керек', 'Көпбалалы отбасы',
        'Қысқа отын жоқ', 'Бала үйден оқиды', 'Ер адам бостандыққа шықты', 'Жас ана жүкті', 'Есту қабілеті нашар',
        'Отбасы басқа өңірден көшті', 'Пеші түтін шығарады', 'Азық-түлік жетпейді'],
    ARRAY['Мама одна растит двоих детей', 'Пенсионер живёт один', 'Семья снимает квартиру', 'Пятеро детей идут в школу',
        'Дом пострадал от пожара', 'Бабушка растит троих внуков', 'Отец потерял работу', 'У ребёнка инвалидность',
        'У семьи большие долги', 'После наводнения остались без дома', 'Тяжело больному нужно лечение',
        'Многодетная семья', 'Нет топлива на зиму', 'Ребёнок учится на дому', 'Мужчина вернулся из заключения',
        'Молодая мама ждёт ребёнка', 'Плохо слышит', 'Семья переехала из другого региона', 'Печь дымит',
        'Не хватает продуктов'],
    ARRAY['Арба', 'Белсенді арба', 'Есту аппараты', 'Ортопедиялық аяқ киім', 'Оңалту сабақтары', 'Үйде оқыту',
        'Мектеп формасы', 'Мектеп тамағы', 'Қысқы күрте', 'Азық-түлік жиынтығы', 'Көмір', 'Жылытқыш', 'Тұрғынжай жалдау',
        'Қарызды өтеу'],
    ARRAY['детская коляска', 'активная коляска', 'слуховой аппарат', 'ортопедическая обувь', 'занятия реабилитацией',
        'обучение на дому', 'школьная форма', 'школьное питание', 'зимняя куртка', 'продуктовый набор', 'уголь',
        'обогреватель', 'аренда жилья', 'погашение долга']
)) words (groups, subgroups, regions, kk, ru, kk_thing, ru_thing);

INSERT INTO portal_wishes_item (id, "case", code, detail, quantity, quantity_max, unit_price_tiyn, amount_tiyn, state,
    source, covered_by, position, created_at, updated_at)
SELECT ('0be00000-0000-7000-' || to_hex(40960 + place) || '-' || lpad(to_hex(n), 12, '0'))::uuid,
    ('0be00000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, codes[1 + (h >> (3 + place * 4)) % 14], '', 1, 1,
    price, price, CASE WHEN h % 100 < 70 THEN 'open' WHEN h % 100 < 83 THEN 'funded' ELSE 'confirmed' END, 'cks', '',
    place, now(), now()
FROM (SELECT n, h, place, (1 + (h >> (2 + place)) % 60) * 500000::bigint AS price
    FROM (SELECT n, ('x' || substr(md5(n::text), 1, 7))::bit(28)::int AS h FROM generate_series(1, :cases) n) numbers,
        generate_series(0, 1) place
    WHERE place = 0 OR h % 2 = 0) drawn,
    (VALUES (ARRAY['wheelchair_child', 'wheelchair_adult', 'hearing_aid', 'orthopaedic_shoes', 'rehabilitation_course',
        'home_schooling', 'school_kit', 'school_meals', 'winter_clothes_child', 'food_parcel', 'fuel_coal',
        'stove_or_heater', 'rent', 'overdue_debt'])) prices (codes);

INSERT INTO portal_catalogue_casefigures ("case", needed_tiyn, received_tiyn, held_tiyn, paid_tiyn, delivered_tiyn, gifts,
    items, as_of)
SELECT c.id, i.needed, 0, CASE WHEN c.state = 'published' THEN (i.needed * (h % 9) / 10) ELSE 0 END,
    CASE WHEN c.state IN ('funded', 'delivering') THEN i.needed ELSE 0 END,
    CASE WHEN c.state = 'completed' THEN i.needed ELSE 0 END, h % 30, '{}', now()
FROM portal_cases_case c
JOIN (SELECT "case", sum(amount_tiyn)::bigint AS needed FROM portal_wishes_item GROUP BY 1) i ON i."case" = c.id
CROSS JOIN LATERAL (SELECT ('x' || substr(md5(c.number), 1, 7))::bit(28)::int AS h) drawn;
