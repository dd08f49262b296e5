// arch: arm64
// expect: silent
// flags: clang-19 -Oz -fPIC -fno-plt
// source: clang-19 -Oz -fPIC -fno-plt, calls of abort() at the end of two functions, shortened
// why: the helper jumps to abort(), which makes the jump a call that never returns: nothing need follow its callers

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	x30, [sp, #-16]!
	.cfi_def_cfa_offset 16
	.cfi_offset w30, -16
	cbz	w0, .Lbad
	bl	g
	ldr	x30, [sp], #16
	.cfi_remember_state
	.cfi_def_cfa_offset 0
	.cfi_restore w30
	ret
.Lbad:
	.cfi_restore_state
	bl	OUTLINED_FUNCTION_0
	.cfi_endproc
	.size	f, .-f
	.globl	h
	.type	h, %function
h:
	.cfi_startproc
	str	x30, [sp, #-16]!
	.cfi_def_cfa_offset 16
	.cfi_offset w30, -16
	cbz	w0, .Lworse
	ldr	x30, [sp], #16
	.cfi_remember_state
	.cfi_def_cfa_offset 0
	.cfi_restore w30
	ret
.Lworse:
	.cfi_restore_state
	bl	OUTLINED_FUNCTION_0
	.cfi_endproc
	.size	h, .-h
	.type	OUTLINED_FUNCTION_0, %function
OUTLINED_FUNCTION_0:
	.cfi_startproc
	adrp	x8, :got:abort
	ldr	x8, [x8, :got_lo12:abort]
	br	x8
	.cfi_endproc
	.size	OUTLINED_FUNCTION_0, .-OUTLINED_FUNCTION_0
