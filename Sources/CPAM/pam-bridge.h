#include <security/pam_appl.h>
#include <stdlib.h>
#include <string.h>

/* PAM asks questions by a callback with memory that it frees itself; here every question that hides its answer is
 * answered with the password, and nothing else is answered. */

static inline int wharf_pam_converse(int count, const struct pam_message **messages, struct pam_response **responses,
                                     void *password) {
    if (count <= 0 || count > PAM_MAX_NUM_MSG) return PAM_CONV_ERR;
    struct pam_response *answers = calloc((size_t)count, sizeof *answers);
    if (answers == NULL) return PAM_BUF_ERR;
    for (int i = 0; i < count; i++) {
        if (messages[i]->msg_style == PAM_PROMPT_ECHO_OFF) answers[i].resp = strdup((const char *)password);
    }
    *responses = answers;
    return PAM_SUCCESS;
}

/* Whether `service` lets `user` in with `password` from `host`; a PAM_… code. */
static inline int wharf_pam_check(const char *service, const char *user, const char *password, const char *host) {
    struct pam_conv conversation = {.conv = wharf_pam_converse, .appdata_ptr = (void *)password};
    pam_handle_t *handle = NULL;
    int status = pam_start(service, user, &conversation, &handle);
    if (status != PAM_SUCCESS) return status;
    pam_set_item(handle, PAM_RHOST, host);
    status = pam_authenticate(handle, PAM_DISALLOW_NULL_AUTHTOK);
    if (status == PAM_SUCCESS) status = pam_acct_mgmt(handle, PAM_DISALLOW_NULL_AUTHTOK);
    pam_end(handle, status);
    return status;
}
