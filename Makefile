PYTHON ?= python3
LOCAL := $(PYTHON) -m config.local

.PHONY: run test check bench browser chaos clean

run:      ## the whole portal at http://127.0.0.1:8000, with a demonstration (PORT=8001 for another port)
	@$(LOCAL) run

test:     ## every test; ARGS="-k words tests/appeals" for some
	@$(LOCAL) test $(ARGS)

check:    ## style, types, import contracts, migrations, translations, deployment, links
	@$(LOCAL) check

bench:    ## measures against their floor
	@$(LOCAL) bench $(ARGS)

browser:  ## the pages in Chromium
	@$(LOCAL) browser $(ARGS)

chaos:    ## kills and crowds
	@$(LOCAL) chaos $(ARGS)

clean:    ## remove all that was made here, the local database too
	@$(LOCAL) clean
