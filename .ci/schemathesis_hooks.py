"""What the OpenAPI document says in words: which requests that its schemas allow are refused all the same."""
import schemathesis

IN_WORDS = {
    "blank_text",      # the tokenizer leaves nothing of the text
    "unknown_value",   # the label to explain is none of the model's
    "text_too_long",   # in the model's tokens, where onTooLong is reject
    "body_too_large",  # all texts together
}


@schemathesis.check
def refused_only_for_what_no_schema_says(ctx, response, case):
    if response.status_code in (413, 422) and case.meta is not None and case.meta.generation.mode.is_positive:
        code = response.json()["error"]["code"]
        assert code in IN_WORDS, f"a request that the document allows is refused with {code}"
