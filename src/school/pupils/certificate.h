/* certificate.h: between the files of papers issued: one paper, as it is printed and as its public page shows it. */
#ifndef MEKTEP_CERTIFICATE_H
#define MEKTEP_CERTIFICATE_H

#include "engine/area.h"

struct certificate {
    struct pool *pool;
    int64_t pupil;
    const char *state, *kind;  /* "ordered" "issued" "refused"; code of paper_kind_codes */
    const char *addressee, *remark;
    int64_t number;            /* the rest only of one that is issued */
    struct date issued, born;
    const char *full_name, *class, *organisation; /* class and organisation packed, for class_label and name_in_language */
    int school_year;
    const char *study_form, *signed_by;
    const char *code;
    bool is_college;
};

/* ERROR_NOT_FOUND in another organisation, ERROR_DENIED when the person does not see the pupil. */
NEOERR *certificate_load(struct request *rq, int64_t id, struct certificate *paper);
/* An issued one of any organisation; ERROR_NOT_FOUND. */
NEOERR *certificate_load_by_code(struct request *rq, const char *code, struct certificate *paper);

/* The head who signs papers today; "" when nobody has the role. */
NEOERR *certificate_signer(struct db *db, struct request *rq, const char **name);

/* Form.shown of what the paper says, and nothing more. */
NEOERR *certificate_facts(struct request *rq, const struct certificate *paper);
/* The whole address of the public page, which is in the QR code. */
const char *certificate_address(struct request *rq, const struct certificate *paper);

#endif
