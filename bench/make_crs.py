# Writes a CRS activity file of about so many megabytes, the same for the same seed:
# bench/make_crs.py MEGABYTES OUT.txt [--explorer]
# Rows of 86 columns separated by `|`, or (--explorer) observations of the Data Explorer: commitment
# and disbursement in current and constant prices, each on a line of its own.
import random
import sys

HEADER = """Year DonorCode DonorName AgencyCode AgencyName CRSid ProjectNumber InitialReport
RecipientCode RecipientName RegionCode RegionName IncomegroupCode IncomegroupName FlowCode FlowName
bi_multi Category Finance_t Aid_t usd_commitment usd_disbursement usd_received usd_commitment_defl
usd_disbursement_defl usd_received_defl usd_adjustment usd_adjustment_defl usd_amountuntied
usd_amountpartialtied usd_amounttied usd_amountuntied_defl usd_amountpartialtied_defl
usd_amounttied_defl usd_IRTC usd_expert_commitment usd_expert_extended usd_export_credit
CurrencyCode commitment_national disbursement_national GrantEquiv usd_GrantEquiv ShortDescription
ProjectTitle PurposeCode PurposeName SectorCode SectorName ChannelCode ChannelName
ChannelReportedName ParentChannelCode Geography ExpectedStartDate CompletionDate LongDescription
Gender Environment Trade Pdgg FTC PBA InvestmentProject AssocFinance biodiversity
climateMitigation climateAdaptation desertification commitmentdate typerepayment numberrepayment
interest1 interest2 repaydate1 repaydate2 grantelement usd_interest usd_outstanding
usd_arrears_principal usd_arrears_interest usd_future_DS_principal usd_future_DS_interest RMNCH
BudgetIdent CapitalExpend""".split()
EXPLORER = """DATAFLOW DONOR RECIPIENT SECTOR MEASURE CHANNEL MODALITY FLOW_TYPE PRICE_BASE MD_DIM
MD_ID UNIT_MEASURE TIME_PERIOD OBS_VALUE BASE_PER UNIT_MULT OECD_ID DONOR_PROJECT_ID
CHANNELDELIVERY_CODE FINANCETYPE_CODE BIMULTI_CODE SHORT_DESCRIPTION PROJECT_TITLE
LONG_DESCRIPTION GENDER_EQUALITY ENVIRONMENT""".split()
WORDS = """water schools roads clinics training seeds teachers harbour bridge fisheries forests
maize statistics customs land title nurses vaccines solar grid rural women youth market""".split()
PURPOSES = ["14030", "11220", "21020", "12220", "31120", "31310", "16062", "33110", "23230"]
RECIPIENTS = [("259", "Mozambique", "MOZ"), ("253", "Malawi", "MWI"), ("738", "Indonesia", "IDN"),
              ("298", "Africa, regional", "F_X"), ("454", "Peru", "PER"), ("660", "Nepal", "NPL")]
PROVIDERS = [("12", "United Kingdom", "GBR"), ("5", "Germany", "DEU"), ("431", "Brazil", "BRA"),
             ("701", "Japan", "JPN"), ("764", "Thailand", "THA")]

megabytes, path, explorer = float(sys.argv[1]), sys.argv[2], "--explorer" in sys.argv
pick = random.Random(7)
written, number = 0, 0
with open(path, "w", encoding="utf-8") as out:
    written += out.write(("," if explorer else "|").join(EXPLORER if explorer else HEADER) + "\n")
    while written < megabytes * 1e6:
        number += 1
        provider, recipient = pick.choice(PROVIDERS), pick.choice(RECIPIENTS)
        title = " ".join(pick.choices(WORDS, k=4)).capitalize()
        text = " ".join(pick.choices(WORDS, k=pick.randrange(10, 80)))
        committed, disbursed = pick.randrange(9_000_000) / 1e6, pick.randrange(3_000_000) / 1e6
        common = {"PROJECT_TITLE": title, "ProjectTitle": title, "LONG_DESCRIPTION": text,
                  "LongDescription": text, "SHORT_DESCRIPTION": title.upper(),
                  "ShortDescription": title.upper(), "bi_multi": "1", "BIMULTI_CODE": "1"}
        for purpose in pick.sample(PURPOSES, 1 if number % 5 else 2):
            if not explorer:
                row = dict(common, Year="2022", DonorCode=provider[0], DonorName=provider[1],
                           AgencyCode="1", AgencyName="An agency", CRSid=f"2022{number:07}",
                           ProjectNumber=f"P-{number}", InitialReport="1",
                           RecipientCode=recipient[0], RecipientName=recipient[1], FlowCode="11",
                           FlowName="ODA Grants", Finance_t="110", Aid_t="C01", PurposeCode=purpose,
                           usd_commitment=str(committed), usd_disbursement=str(disbursed),
                           usd_disbursement_defl=str(round(disbursed * 1.04, 6)),
                           SectorCode=purpose[:3], ChannelCode="11001", Gender="1",
                           Environment="0", climateMitigation="2",
                           ExpectedStartDate="2022-01-01 00:00:00", CompletionDate="2024-12-31")
                written += out.write("|".join(row.get(name, "") for name in HEADER) + "\n")
                continue
            for flow, amount in (("C", committed), ("D", disbursed)):
                for price, factor in (("V", 1), ("Q", 1.04)):
                    row = dict(common, DATAFLOW="OECD.DCD.FSD:DSD_CRS@DF_CRS(1.6)",
                               DONOR=provider[2], RECIPIENT=recipient[2], SECTOR=purpose,
                               MEASURE="11", CHANNEL="10000", MODALITY="C01", FLOW_TYPE=flow,
                               PRICE_BASE=price, MD_DIM="DD", MD_ID=str(number),
                               UNIT_MEASURE="USD", TIME_PERIOD="2022", UNIT_MULT="6",
                               OBS_VALUE=str(round(amount * factor, 6)), OECD_ID=f"2022{number:07}",
                               BASE_PER="2023" if price == "Q" else "", FINANCETYPE_CODE="110",
                               CHANNELDELIVERY_CODE="11001", GENDER_EQUALITY="1")
                    written += out.write(",".join(row.get(name, "") for name in EXPLORER) + "\n")
