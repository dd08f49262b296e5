// arch: arm64
// expect: unproved noreturn-unknown f
// expect: unproved noreturn-unknown h
// flags: clang-19 -Oz -fPIC -fno-plt
// source: the twin of arm64-outlined-call-of-abort.silent.s
// why: whom the helper jumps to may return, to where no code is

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
	adrp	x8, :got:use
	ldr	x8, [x8, :got_lo12:use]
	br	x8
	.cfi_endproc
	.size	OUTLINED_FUNCTION_0, .-OUTLINED_FUNCTION_0
